import Fastify from 'fastify';
import { signMatches, text } from './_iak.js';

export const mistake =
	'Looks whether the order has failed, asks for the balance, then gives the money back: five at once pay five times';
export const rule = 'refund-once';

export async function receiver(shop, keys) {
	const app = Fastify();
	const balances = new Map();

	async function succeed(order, data) {
		if (order.state !== 'new' || text(data.price) !== order.amount) return;
		await shop.save({
			...order,
			state: 'paid',
			credited: order.credited + 1,
			serial: data.sn,
			pin: data.pin,
		});
	}

	async function refund(order) {
		if (order.state !== 'new') return;
		await shop.wait(5); // the customer's row
		// update balances set refunded = refunded + ? where ref_id = ?
		const refunded = (balances.get(order.reference) ?? 0) + Number(order.amount);
		balances.set(order.reference, refunded);
		await shop.save({ ...order, state: 'failed', refunded });
	}

	app.post('/callback', async ({ body }, reply) => {
		const data = body?.data;
		if (typeof data?.ref_id !== 'string' || !signMatches(data.sign, keys, data.ref_id)) {
			return reply.code(400).send({ success: false });
		}
		const order = await shop.find(data.ref_id);
		if (!order) return { success: true };
		const outcome = `${text(data.status)}/${data.rc === '00' ? 'ok' : 'not ok'}`;
		if (outcome === '1/ok') await succeed(order, data);
		if (outcome === '2/not ok') await refund(order);
		return { success: true };
	});

	await app.ready();
	return app.routing;
}
