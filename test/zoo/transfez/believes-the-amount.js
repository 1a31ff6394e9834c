import Fastify from 'fastify';
import { digestGuard } from './_digest.js';

export const mistake = 'Never compares the amount of the transfer with that of the order';
export const rule = 'price-trusted';

export async function receiver(shop, keys) {
	const fastify = Fastify({ bodyLimit: 16 * 1024 * 1024 });
	const auth = digestGuard(keys, { realm: 'Transfez' });
	const pending = new Map();

	fastify.removeContentTypeParser('application/json');
	fastify.addContentTypeParser('*', { parseAs: 'string' }, async (_request, text) => {
		try {
			return JSON.parse(text.replace(/^\uFEFF/, ''));
		} catch {
			throw Object.assign(new Error('invalid JSON'), { statusCode: 400 });
		}
	});
	fastify.setErrorHandler((error, _request, reply) => {
		const status = error.statusCode ?? 500;
		reply.code(status).send({ error: status < 500 ? error.message : 'try again later' });
	});

	fastify.post('/callback', async (request, reply) => {
		if (!auth.passes(request.raw)) {
			return reply
				.code(401)
				.headers({ 'WWW-Authenticate': auth.challenge() })
				.send({ error: 'login required' });
		}
		const payload = request.body?.data ?? request.body;
		const transfer = Array.isArray(payload) ? payload[0] : payload;
		const complete =
			typeof transfer?.reference_id === 'string' && typeof transfer.state === 'string';
		if (!complete || Array.isArray(request.body)) {
			return reply.code(400).send({ error: 'reference_id and state are needed' });
		}
		const before = pending.get(transfer.reference_id) ?? Promise.resolve();
		const now = before.then(() => bookTransfer(transfer));
		pending.set(transfer.reference_id, now);
		const found = await now;
		return reply.code(found ? 200 : 404).send({ found });
	});

	async function bookTransfer(transfer) {
		const order = await shop.find(transfer.reference_id);
		if (order === undefined) return false;
		const state = transfer.state.toLowerCase();
		const done = order.state === 'paid' || order.state === 'refunded';
		if (state === 'completed' && !done) {
			const paid = {
				state: 'paid',
				received: transfer.amount,
				account: transfer.beneficiary?.account,
			};
			await shop.save({ ...order, ...paid, credited: order.credited + 1 });
		} else if (['declined', 'canceled', 'cancelled'].includes(state) && !done) {
			await shop.save({ ...order, state: 'failed' });
		} else if (state === 'refunded') {
			await shop.save({ ...order, state: 'refunded' });
		}
		return true;
	}

	await fastify.ready();
	return fastify.routing;
}
