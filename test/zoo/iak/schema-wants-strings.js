import Fastify from 'fastify';
import { createTurns, signMatches } from './_iak.js';

export const mistake =
	'Its schema wants strings everywhere and refuses status and price as numbers';
export const rule = 'numbers';

const string = { type: 'string', maxLength: 500 };
const schema = {
	body: {
		type: 'object',
		required: ['data'],
		properties: {
			data: {
				type: 'object',
				required: ['ref_id', 'status', 'price', 'rc', 'sign'],
				properties: {
					ref_id: string,
					status: string,
					price: string,
					message: string,
					sn: string,
					rc: string,
					sign: string,
				},
			},
		},
	},
};

export async function receiver(shop, keys) {
	const app = Fastify({ ajv: { customOptions: { coerceTypes: false, removeAdditional: false } } });
	const inTurn = createTurns();

	app.post('/callback', { schema }, async (request, reply) => {
		const { ref_id, sign, status, rc, price, sn, pin, activation_code } = request.body.data;
		if (!signMatches(sign, keys, ref_id)) return reply.code(401).send({ error: 'sign' });

		await inTurn(ref_id, async () => {
			const order = await shop.find(ref_id);
			if (!order || order.state === 'paid') return;
			if (status === '1' && rc === '00' && price === order.amount) {
				await shop.save({
					...order,
					state: 'paid',
					credited: order.credited + 1,
					serial: sn,
					pin,
					activation_code,
				});
			} else if (status === '2' && rc !== '00') {
				await shop.save({ ...order, state: 'failed' });
			}
		});
		return { ok: true };
	});

	await app.ready();
	return app.routing;
}
