import Fastify from 'fastify';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake = 'Reads the state of an order that it did not find';
export const rule = 'unknown-reference';

export async function receiver(shop, keys) {
	const app = Fastify();
	const inTurn = createTurns();

	app.post('/callback', async (request, reply) => {
		const data = request.body?.data;
		if (typeof data !== 'object' || data === null)
			return reply.code(400).send({ message: 'data expected' });
		if (!signMatches(data.sign, keys, data.ref_id))
			return reply.code(401).send({ message: 'sign does not match' });

		return inTurn(data.ref_id, async () => {
			const order = await shop.find(data.ref_id);
			if (order.state === 'success') return { message: 'duplicate' };

			const status = text(data.status);
			if (status === '1' && data.rc === '00' && order.amount === text(data.price)) {
				await shop.save({
					...order,
					state: 'success',
					credited: order.credited + 1,
					serial: data.sn,
					pin: data.pin,
					activation_code: data.activation_code,
				});
			} else if (status === '2' && data.rc !== '00') {
				await shop.save({ ...order, state: 'failed', rc: data.rc });
			}
			return { message: 'received' };
		});
	});

	await app.ready();
	return app.routing;
}
