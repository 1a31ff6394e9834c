import Fastify from 'fastify';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake = 'Gives the money back at every failed callback, at its repetition again';
export const rule = 'duplicate-failure';

export async function receiver(shop, keys) {
	const app = Fastify();
	const inTurn = createTurns();

	async function succeed(order, data) {
		if (order.state === 'paid' || text(data.price) !== order.amount) return;
		await shop.save({
			...order,
			state: 'paid',
			credited: order.credited + 1,
			refunded: 0,
			serial: data.sn,
			pin: data.pin,
		});
	}

	// update orders set state = 'failed', refunded = refunded + amount where ref_id = ?
	async function refund(order) {
		if (order.state === 'paid') return;
		await shop.save({
			...order,
			state: 'failed',
			refunded: (order.refunded ?? 0) + Number(order.amount),
		});
	}

	app.post('/callback', async ({ body }, reply) => {
		const data = body?.data;
		if (typeof data?.ref_id !== 'string' || !signMatches(data.sign, keys, data.ref_id)) {
			return reply.code(400).send({ success: false });
		}
		await inTurn(data.ref_id, async () => {
			const order = await shop.find(data.ref_id);
			if (!order) return;
			const outcome = `${text(data.status)}/${data.rc === '00' ? 'ok' : 'not ok'}`;
			if (outcome === '1/ok') await succeed(order, data);
			if (outcome === '2/not ok') await refund(order);
		});
		return { success: true };
	});

	await app.ready();
	return app.routing;
}
