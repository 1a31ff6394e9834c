import Fastify from 'fastify';
import { digestGuard } from './_digest.js';

export const mistake = 'Pays the sender back at every refunded callback, at its repetition again';
export const rule = 'refund-once';

const meaning = {
	completed: 'success',
	rejected: 'failure',
	declined: 'failure',
	canceled: 'failure',
	cancelled: 'failure',
	refunded: 'refund',
};

export async function receiver(shop, keys) {
	const server = Fastify({ bodyLimit: 24 * 1024 * 1024 });
	const digest = digestGuard(keys, { realm: 'gateway', algorithm: 'SHA-256' });
	const queue = new Map();

	server.addContentTypeParser(
		'*',
		{ parseAs: 'string' },
		server.getDefaultJsonParser('error', 'error'),
	);
	server.setErrorHandler((error, _request, reply) => reply.status(error.statusCode ?? 500).send());

	server.post('/callback', async (request, reply) => {
		if (!digest.passes(request.raw)) {
			return reply.status(401).header('www-authenticate', digest.challenge()).send();
		}
		const callback = request.body?.data ?? request.body;
		const tx = Array.isArray(callback) ? callback[0] : callback;
		if (typeof tx?.reference_id !== 'string' || Array.isArray(request.body))
			return reply.status(400).send();

		const job = (queue.get(tx.reference_id) ?? Promise.resolve()).then(() => perform(tx));
		queue.set(tx.reference_id, job);
		await job;
		return reply.status(200).send();
	});

	async function perform(tx) {
		const order = await shop.find(tx.reference_id);
		const state = typeof tx.state === 'string' ? tx.state.toLowerCase() : '';
		const kind = Object.hasOwn(meaning, state) ? meaning[state] : undefined;
		if (!order || !kind) return;
		if (kind === 'refund') return payBack(order);
		if (order.state === 'refunded') return;
		if (order.state === 'paid') return;
		if (kind === 'failure') return shop.save({ ...order, state: 'failed' });
		if (Number(tx.amount) !== Number(order.amount)) return shop.save({ ...order, state: 'review' });
		await shop.save({
			...order,
			state: 'paid',
			credited: order.credited + 1,
			account: tx.beneficiary?.account,
		});
	}

	async function payBack(order) {
		const paidBack = (order.paid_back ?? 0) + Number(order.amount);
		await shop.save({ ...order, state: 'refunded', paid_back: paidBack });
	}

	await server.ready();
	return server.routing;
}
