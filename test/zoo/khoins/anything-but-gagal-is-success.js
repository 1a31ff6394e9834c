import Fastify from 'fastify';
import { createQueue } from './_queue.js';
import { createTopups } from './_topups.js';

export const mistake =
	"Takes every status other than 'Gagal' for a success, words it has never heard of included";
export const rule = 'unknown-status';

export async function receiver(shop) {
	const app = Fastify();
	const perRef = createQueue();
	const topups = createTopups(shop);

	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 200_000 }, (_req, text, done) => {
		const value = tryJson(text.startsWith('\uFEFF') ? text.slice(1) : text);
		done(null, value);
	});

	app.post('/callback', async (req, reply) => {
		const outer = req.body;
		if (!isRecord(outer)) return reply.code(400).send('bad request');
		const inner = typeof outer.message === 'string' ? tryJson(outer.message) : undefined;
		if (topups.concerns(outer)) {
			await topups.book(outer, inner);
			return 'ok';
		}
		if (typeof outer.refid !== 'string') return reply.code(400).send('bad request');
		if (!isRecord(inner) || typeof inner.status !== 'string') return 'unreadable, kept';

		const gagal = inner.status.toLowerCase() === 'gagal';
		await perRef(outer.refid, () =>
			gagal ? refund(outer.refid) : deliver(outer.refid, inner.message),
		);
		return 'ok';
	});

	async function deliver(refid, text) {
		const order = await shop.find(refid);
		if (!order || order.state === 'terkirim') return;
		const serial = typeof text === 'string' ? (/SN: (.*)\. Saldo:/s.exec(text)?.[1] ?? '') : '';
		await shop.save({
			...order,
			state: 'terkirim',
			credited: order.credited + 1,
			refunded: 0,
			serial,
		});
	}

	async function refund(refid) {
		const order = await shop.find(refid);
		if (!order || order.state === 'terkirim' || order.state === 'failed') return;
		await shop.save({ ...order, state: 'failed', refunded: (order.refunded ?? 0) + 1 });
	}

	await app.ready();
	return app.routing;
}

const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

function tryJson(text) {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
