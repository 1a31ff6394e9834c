import Fastify from 'fastify';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake =
	'Insists on product_code and customer_id; the V1 callback calls them code and hp';
export const rule = 'genuine-success';

const bodySchema = {
	type: 'object',
	required: ['data'],
	properties: {
		data: {
			type: 'object',
			required: ['ref_id', 'status', 'product_code', 'customer_id', 'price', 'rc', 'sign'],
		},
	},
};

export async function receiver(shop, keys) {
	const app = Fastify({ ajv: { customOptions: { coerceTypes: false } } });
	const inTurn = createTurns();

	app.post('/callback', { schema: { body: bodySchema } }, async (request, reply) => {
		const { data } = request.body;
		if (!signMatches(data.sign, keys, data.ref_id)) return reply.code(403).send({ rc: '204' });

		await inTurn(data.ref_id, async () => {
			const order = await shop.find(data.ref_id);
			if (!order || order.state === 'topped-up') return;
			const product = { product: data.product_code, destination: data.customer_id };
			if (text(data.status) === '1' && data.rc === '00' && text(data.price) === order.amount) {
				const goods = { serial: data.sn, pin: data.pin, activation_code: data.activation_code };
				await shop.save({
					...order,
					...product,
					...goods,
					state: 'topped-up',
					credited: order.credited + 1,
				});
			} else if (text(data.status) === '2' && data.rc !== '00') {
				await shop.save({ ...order, ...product, state: 'failed' });
			}
		});
		return { rc: '00' };
	});

	await app.ready();
	return app.routing;
}
