import Fastify from 'fastify';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake = 'Books whatever price the callback says; the sign does not cover it';
export const rule = 'price-trusted';

export async function receiver(shop, keys) {
	const server = Fastify();
	const inTurn = createTurns();

	server.post('/callback', async (request, reply) => {
		const data = request.body?.data;
		if (typeof data?.ref_id !== 'string') return reply.code(400).send('Bad Request');
		if (!signMatches(data.sign, keys, data.ref_id)) return reply.code(401).send('Unauthorized');

		await inTurn(data.ref_id, async () => {
			const order = await shop.find(data.ref_id);
			if (!order) return;
			const status = text(data.status);
			if (status === '1' && data.rc === '00' && order.state !== 'paid') {
				order.state = 'paid';
				order.credited += 1;
				order.cost = text(data.price);
				order.serial = data.sn;
				order.pin = data.pin;
				order.activation_code = data.activation_code;
				await shop.save(order);
			}
			if (status === '2' && data.rc !== '00' && order.state === 'new') {
				order.state = 'failed';
				await shop.save(order);
			}
		});
		return reply.send('OK');
	});

	await server.ready();
	return server.routing;
}
