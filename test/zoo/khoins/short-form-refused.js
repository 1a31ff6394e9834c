import { createQueue } from './_queue.js';
import { createTopups } from './_topups.js';

export const mistake =
	'Insists on tujuan and trxid in the inner object, which the short form of the introduction does not have';
export const rule = 'short-form';

const NEEDED = ['tujuan', 'trxid', 'status', 'message'];

export function receiver(shop) {
	const queue = createQueue();
	const topups = createTopups(shop);

	return (req, res) => {
		const reply = (status, text) =>
			res.writeHead(status, { 'content-type': 'text/plain' }).end(text);
		if (req.url !== '/callback' || req.method !== 'POST')
			return reply(req.url === '/callback' ? 405 : 404, '');

		const chunks = [];
		let size = 0;
		req.on('error', () => {}); // they hung up
		req.on('data', (chunk) => {
			size += chunk.length;
			if (size <= 65536) chunks.push(chunk);
		});
		req.on('end', async () => {
			if (size > 65536) return reply(413, 'too long');
			try {
				const [status, text] = await handle(Buffer.concat(chunks).toString());
				reply(status, text);
			} catch {
				reply(500, 'trouble on our side');
			}
		});
	};

	async function handle(text) {
		const outer = decode(text.replace(/^\uFEFF/, ''));
		if (!outer) return [400, 'no JSON object'];
		const inner = decode(outer.message);
		if (topups.concerns(outer)) {
			await topups.book(outer, inner);
			return [200, 'top-up'];
		}
		if (typeof outer.refid !== 'string' || outer.refid === '') return [400, 'no refid'];
		if (!inner) return [200, 'message not understood, noted'];
		const missing = NEEDED.filter((field) => typeof inner[field] !== 'string');
		if (missing.length > 0) return [400, `missing in message: ${missing.join(', ')}`];
		return queue(outer.refid, () => finish(outer.refid, inner));
	}

	async function finish(refid, inner) {
		const order = await shop.find(refid);
		if (!order) return [404, 'unknown refid'];
		if (inner.status === 'Success' && order.state !== 'paid') {
			const serial = inner.message.match(/SN: (.*)\. Saldo:/s)?.[1];
			await shop.save({
				...order,
				state: 'paid',
				credited: order.credited + 1,
				refunded: 0,
				serial,
				paidFor: inner.tujuan,
			});
		} else if (inner.status === 'Gagal' && order.state === 'new') {
			await shop.save({ ...order, state: 'failed', refunded: 1 });
		}
		return [200, 'ok'];
	}
}

function decode(text) {
	try {
		const value = JSON.parse(text);
		return typeof value === 'object' && !Array.isArray(value) ? value : null;
	} catch {
		return null;
	}
}
