import Fastify from 'fastify';
import { createQueue } from './_queue.js';
import { createTopups } from './_topups.js';

export const mistake =
	'Refunds on each Gagal, so a failure that is delivered twice gives the money back twice';
export const rule = 'duplicate-failure';

export async function receiver(shop) {
	const app = Fastify({ bodyLimit: 100_000 });
	const serially = createQueue();
	const topups = createTopups(shop);

	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_req, bytes, done) => {
		done(null, objectFrom(new TextDecoder().decode(bytes)));
	});

	app.post('/callback', async ({ body }, reply) => {
		if (!body) return reply.code(400).send();
		const inner = objectFrom(body.message) ?? {};
		if (topups.concerns(body)) {
			await topups.book(body, inner);
			return reply.code(200).send();
		}
		const reference = body.refid ?? inner.trxid;
		if (typeof reference !== 'string') return reply.code(400).send();
		await serially(reference, () => book(reference, inner));
		return reply.code(200).send();
	});

	async function book(reference, inner) {
		const order = await shop.find(reference);
		if (!order || order.state === 'completed') return;
		const status = typeof inner.status === 'string' ? inner.status.trim().toLowerCase() : '';
		const text = typeof inner.message === 'string' ? inner.message : '';
		if (status === 'success') {
			const serial = text
				.split('SN: ')
				.slice(1)
				.join('SN: ')
				.split('. Saldo:')
				.slice(0, -1)
				.join('. Saldo:');
			await shop.save({
				...order,
				state: 'completed',
				credited: order.credited + 1,
				refunded: 0,
				serial,
			});
		}
		if (status === 'gagal') {
			const reason = text.split('ket: ')[1] ?? '';
			await shop.save({ ...order, state: 'failed', reason, refunded: (order.refunded ?? 0) + 1 });
		}
	}

	await app.ready();
	return app.routing;
}

function objectFrom(text) {
	try {
		const value = typeof text === 'string' ? JSON.parse(text) : undefined;
		return value && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
