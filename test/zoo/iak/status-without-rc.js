import Fastify from 'fastify';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake =
	'Goes by the status alone: status 1 with rc 07, a transaction that failed, is delivered';
export const rule = 'contradictory-codes';

export async function receiver(shop, keys) {
	const app = Fastify();
	const inTurn = createTurns();

	async function succeed(order, data) {
		if (order.state === 'paid' || text(data.price) !== order.amount) return;
		await shop.save({
			...order,
			state: 'paid',
			credited: order.credited + 1,
			serial: data.sn,
			pin: data.pin,
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
			const status = text(data.status);
			if (status === '1') await succeed(order, data);
			if (status === '2' && order.state === 'new') await shop.save({ ...order, state: 'failed' });
		});
		return { success: true };
	});

	await app.ready();
	return app.routing;
}
