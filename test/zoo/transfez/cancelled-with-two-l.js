import Fastify from 'fastify';
import { digestGuard } from './_digest.js';

export const mistake =
	'Spells cancelled with two l, as the table does: canceled, as it comes, leaves the order open';
export const rule = 'failure-takes-effect';

const meaning = {
	completed: 'success',
	rejected: 'failure',
	declined: 'failure',
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
		if (!order || !kind || order.state === 'refunded') return;
		if (kind === 'refund') return shop.save({ ...order, state: 'refunded' });
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

	await server.ready();
	return server.routing;
}
