import Fastify from 'fastify';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake = 'Checks the sign only of callbacks that have one';
export const rule = 'checksum-missing';

export async function receiver(shop, keys) {
	const app = Fastify({ bodyLimit: 128 * 1024 });
	const inTurn = createTurns();

	// the old V1 documentation has no sign, some resellers still get it like that
	const trusted = (data) =>
		data.sign === undefined ? true : signMatches(data.sign, keys, data.ref_id);

	app.post('/callback', {
		preHandler: async (request, reply) => {
			const data = request.body?.data;
			if (typeof data?.ref_id !== 'string') return reply.code(400).send('bad request');
			if (!trusted(data)) return reply.code(403).send('forbidden');
		},
		handler: async (request) => {
			const { ref_id, status, rc, price, ...rest } = request.body.data;
			return inTurn(ref_id, async () => {
				const order = await shop.find(ref_id);
				if (!order) return 'unknown order';
				if (order.state === 'paid') return 'already done';
				if (text(status) === '1' && text(rc) === '00') {
					if (text(price) !== order.amount) return 'noted';
					const goods = { serial: rest.sn, pin: rest.pin, activation: rest.activation_code };
					await shop.save({ ...order, ...goods, state: 'paid', credited: order.credited + 1 });
				} else if (text(status) === '2' && text(rc) !== '00') {
					await shop.save({ ...order, state: 'failed' });
				}
				return 'ok';
			});
		},
	});

	await app.ready();
	return app.routing;
}
