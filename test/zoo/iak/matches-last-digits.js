import Fastify from 'fastify';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake =
	'Finds the top-up by the last digits of ref_id, since prefixes were changed once: the orders of two shops share them';
export const rule = 'similar-reference';

export async function receiver(shop, keys) {
	const server = Fastify();
	const inTurn = createTurns();

	server.post('/callback', async (request, reply) => {
		const data = request.body?.data;
		if (typeof data?.ref_id !== 'string') return reply.code(400).send('Bad Request');
		if (!signMatches(data.sign, keys, data.ref_id)) return reply.code(401).send('Unauthorized');

		await inTurn(data.ref_id, async () => {
			const digits = /\d{6}$/.exec(data.ref_id)?.[0];
			const order =
				(await shop.find(data.ref_id)) ??
				(digits && (await shop.search((reference) => reference.endsWith(digits))));
			if (!order) return;
			const status = text(data.status);
			if (status === '1' && data.rc === '00' && order.state === 'new') {
				if (text(data.price) !== order.amount) return;
				order.state = 'paid';
				order.credited += 1;
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
