import Fastify from 'fastify';
import { createQueue } from './_queue.js';
import { createTopups } from './_topups.js';

export const mistake =
	'Reads the status of message before the text is parsed: it is undefined for a success and a failure alike, and both are booked as pending';
export const rule = 'inner-json';

const STATES = { __proto__: null, success: 'paid', gagal: 'failed' };

export async function receiver(shop) {
	const app = Fastify();
	const perRef = createQueue();
	const topups = createTopups(shop);

	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 200_000 }, (_req, text, done) => {
		done(null, tryJson(text.replace(/^\uFEFF/, '')));
	});

	app.post('/callback', async (req, reply) => {
		const report = req.body;
		if (!isRecord(report)) return reply.code(400).send('bad request');
		if (topups.concerns(report)) {
			await topups.book(report, tryJson(report.message));
			return 'ok';
		}
		if (typeof report.refid !== 'string') return reply.code(400).send('bad request');
		await perRef(report.refid, () => book(report.refid, report.message ?? {}));
		return 'ok';
	});

	async function book(refid, { status, message }) {
		const order = await shop.find(refid);
		if (!order || order.state === 'paid' || order.state === 'failed') return;
		const state = STATES[String(status).toLowerCase()] ?? 'pending';
		const serial = /SN: (.*)\. Saldo:/s.exec(message ?? '')?.[1];
		await shop.save({
			...order,
			state,
			...(state === 'paid' ? { credited: order.credited + 1, serial } : {}),
			...(state === 'failed' ? { refunded: 1 } : {}),
		});
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
