import Fastify from 'fastify';
import { digestGuard } from './_digest.js';

export const mistake =
	'Reads data as an object, so that the array in the envelope is acknowledged and forgotten';
export const rule = 'success-takes-effect';

export async function receiver(shop, keys) {
	const app = Fastify({ bodyLimit: 32 << 20 });
	const digest = digestGuard(keys, { realm: 'payout' });
	const tails = new Map();

	app.addContentTypeParser('*', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'ignore'));
	app.setErrorHandler((error, _request, reply) =>
		reply.code(error.statusCode ?? 500).send({ received: false }),
	);
	app.addHook('preHandler', async (request, reply) => {
		if (digest.passes(request.raw)) return;
		return reply.code(401).header('www-authenticate', digest.challenge()).send({ received: false });
	});

	app.post('/callback', async (request, reply) => {
		const { body } = request;
		if (typeof body !== 'object' || body === null || Array.isArray(body))
			return reply.code(400).send({ received: false });
		const transfer = body.data ?? body;
		if (typeof transfer.reference_id !== 'string') {
			// virtual account callbacks come in the same envelope, without a reference_id
			return reply.code(body.status === 200 ? 200 : 400).send({ received: body.status === 200 });
		}
		const tail = (tails.get(transfer.reference_id) ?? Promise.resolve()).then(() =>
			process(transfer),
		);
		tails.set(transfer.reference_id, tail);
		await tail;
		return { received: true };
	});

	async function process({ reference_id, state, amount, beneficiary }) {
		const order = await shop.find(reference_id);
		if (!order || order.state === 'refunded') return;
		switch (typeof state === 'string' && state.toLowerCase()) {
			case 'completed':
				if (order.state === 'paid' || Number(amount) !== Number(order.amount)) return;
				return shop.save({
					...order,
					state: 'paid',
					credited: order.credited + 1,
					account: beneficiary?.account,
				});
			case 'declined':
			case 'canceled':
			case 'cancelled':
				if (order.state === 'paid') return;
				return shop.save({ ...order, state: 'failed' });
			case 'refunded':
				return shop.save({ ...order, state: 'refunded' });
		}
	}

	await app.ready();
	return app.routing;
}
