import Fastify from 'fastify';
import { createQueue } from './_queue.js';

export const mistake =
	'The schema of the callback requires refid, so the top-ups that KHOINS sends to the same URL are turned away with 400';
export const rule = 'topups';

const schema = {
	body: {
		type: 'object',
		required: ['refid', 'message'],
		properties: {
			refid: { type: 'string', minLength: 1, maxLength: 100 },
			message: { type: 'string' },
		},
	},
};

export async function receiver(shop) {
	const app = Fastify({ bodyLimit: 65_536, ajv: { customOptions: { coerceTypes: false } } });
	const oneByOne = createQueue();
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, async (_req, text) => {
		try {
			return JSON.parse(text.replace(/^\uFEFF/, ''));
		} catch {
			return null; // the schema turns it away
		}
	});

	app.post('/callback', { schema }, async ({ body: { refid, message } }, reply) => {
		let result;
		try {
			result = JSON.parse(message);
		} catch {
			app.log.warn({ refid, message }, 'message does not parse, look it up by hand');
		}
		const found = await oneByOne(refid, async () => {
			const order = await shop.find(refid);
			if (!order) return false;
			const next = after(order, result);
			if (next) await shop.save(next);
			return true;
		});
		return found ? { status: 'ok' } : reply.code(404).send({ status: 'unknown refid' });
	});

	await app.ready();
	return app.routing;
}

/** The order as it is after the result, or undefined when nothing changes. */
function after(order, result) {
	const status = typeof result?.status === 'string' ? result.status.toLowerCase() : '';
	if (status === 'success' && order.state !== 'delivered') {
		const text = typeof result.message === 'string' ? result.message : '';
		const start = text.indexOf('SN: ');
		const end = text.lastIndexOf('. Saldo:');
		const serial = start >= 0 && end > start ? text.slice(start + 4, end) : '';
		return { ...order, state: 'delivered', credited: order.credited + 1, refunded: 0, serial };
	}
	if (status === 'gagal' && order.state !== 'delivered' && order.state !== 'failed') {
		return { ...order, state: 'failed', refunded: 1 };
	}
	return undefined;
}
