import Fastify from 'fastify';
import { digestGuard } from './_digest.js';

export const mistake =
	'Always takes data[0], so that a bare transaction, as sent since 2020, ends in a 500';
export const rule = 'bare-envelope';

const failed = ['declined', 'canceled', 'cancelled', 'rejected'];
const isFinal = (order) => order.state === 'completed' || order.state === 'refunded';

export async function receiver(shop, keys) {
	const app = Fastify({ bodyLimit: 16 * 1024 * 1024 });
	const guard = digestGuard(keys, { algorithm: 'SHA-256' });
	let previous = Promise.resolve();

	app.addContentTypeParser('*', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));
	app.setErrorHandler((error, _req, reply) =>
		reply
			.code(error.statusCode ?? 500)
			.type('text/plain')
			.send('error'),
	);

	app.post('/callback', async ({ raw, body }, reply) => {
		if (!guard.passes(raw))
			return reply.code(401).header('WWW-Authenticate', guard.challenge()).send('login');
		// theirs have a status (200) or a state, whatever the kind of callback
		if (!body?.status && !body?.state) return reply.code(400).send('not a callback');
		const transaction = body.data[0];
		const { reference_id: reference, state } = transaction ?? {};
		if (typeof reference !== 'string' || typeof state !== 'string')
			return reply.code(400).send('incomplete');
		previous = previous.then(() => take(transaction));
		return reply.send((await previous) ?? 'ok');
	});

	async function take(transaction) {
		const order = await shop.find(transaction.reference_id);
		if (!order) return 'unknown reference';
		const state = transaction.state.toLowerCase();
		if (state === 'refunded') return shop.save({ ...order, state: 'refunded' });
		if (isFinal(order)) return 'final already';
		if (failed.includes(state))
			return shop.save({ ...order, state: 'failed', why: transaction.error_message });
		if (state !== 'completed') return 'under way';
		if (Number(transaction.amount) !== Number(order.amount))
			return shop.save({ ...order, state: 'review' });
		const account = transaction.beneficiary?.account;
		await shop.save({ ...order, state: 'completed', credited: order.credited + 1, account });
	}

	await app.ready();
	return app.routing;
}
