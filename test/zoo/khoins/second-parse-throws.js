import Fastify from 'fastify';
import { createQueue } from './_queue.js';
import { createTopups } from './_topups.js';

export const mistake =
	'Nothing catches the second JSON.parse: one message with a lost quote in it is a 500, and KHOINS may never send it again';
export const rule = 'malformed-inner';

export async function receiver(shop) {
	const app = Fastify();
	const queue = createQueue();
	const topups = createTopups(shop);

	// KHOINS does not say which content type it sends
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_req, text, done) => {
		let body = null;
		try {
			body = JSON.parse(text.replace(/^\uFEFF/, ''));
		} catch {
			// the handler answers 400
		}
		done(null, body);
	});

	app.post('/callback', async (req, reply) => {
		const { body } = req;
		if (body === null || typeof body !== 'object' || typeof body.message !== 'string') {
			return reply.code(400).send({ error: 'message missing' });
		}
		const result = JSON.parse(body.message);
		if (result === null || typeof result !== 'object') return { received: true };

		if (topups.concerns(body)) {
			await topups.book(body, result);
			return { received: true };
		}
		const id = body.refid ?? result.trxid;
		if (typeof id !== 'string') return reply.code(400).send({ error: 'refid missing' });
		const found = await queue(id, () => update(id, result));
		if (!found) reply.code(404);
		return { received: found };
	});

	async function update(id, result) {
		const order = await shop.find(id);
		if (!order) return false;
		if (order.state === 'paid') return true;
		if (result.status === 'Success') {
			const text = typeof result.message === 'string' ? result.message : '';
			const [, sn = ''] = text.match(/SN: (.*)\. Saldo:/s) ?? [];
			await shop.save({ ...order, state: 'paid', credited: order.credited + 1, refunded: 0, sn });
		} else if (result.status === 'Gagal' && order.state !== 'failed') {
			await shop.save({ ...order, state: 'failed', refunded: (order.refunded ?? 0) + 1 });
		}
		return true;
	}

	await app.ready();
	return app.routing;
}
