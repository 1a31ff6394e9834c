import { createQueue } from './_queue.js';
import { createTopups } from './_topups.js';

export const mistake =
	'Parses the body without a thought for one that was cut off: the exception ends up as a 500';
export const rule = 'body-truncated';

const MAX_BODY = 64 << 10;

export function receiver(shop) {
	const queue = createQueue();
	const topups = createTopups(shop);

	async function handle(req) {
		if (req.url !== '/callback') return 404;
		if (req.method !== 'POST') return 405;
		const text = await bodyOf(req);
		if (text === undefined) return 413;
		if (text.trim() === '') return 400;

		const outer = JSON.parse(text);
		if (outer === null || typeof outer !== 'object' || Array.isArray(outer)) return 400;
		let inner = {};
		try {
			inner = JSON.parse(outer.message) ?? {};
		} catch {
			// they glue that string together by hand, it is not always JSON
		}
		if (topups.concerns(outer)) {
			await topups.book(outer, inner);
			return 200;
		}
		const refid = outer.refid ?? inner.trxid;
		if (typeof refid !== 'string') return 400;
		return queue(refid, () => settle(refid, inner));
	}

	async function settle(refid, { status, message }) {
		const order = await shop.find(refid);
		if (!order) return 404;
		const isOpen = order.state !== 'paid';
		if (status === 'Success' && isOpen) {
			const serial =
				typeof message === 'string' ? message.match(/SN: (.*)\. Saldo:/s)?.[1] : undefined;
			await shop.save({
				...order,
				state: 'paid',
				credited: order.credited + 1,
				refunded: 0,
				serial,
			});
		} else if (status === 'Gagal' && isOpen && order.state !== 'failed') {
			await shop.save({ ...order, state: 'failed', refunded: (order.refunded ?? 0) + 1 });
		}
		return 200;
	}

	return async (req, res) => {
		let status = 500;
		try {
			status = await handle(req);
		} catch {
			// 500, the monitoring picks it up
		}
		res.writeHead(status).end();
	};
}

async function bodyOf(req) {
	const chunks = [];
	let size = 0;
	for await (const chunk of req) {
		size += chunk.length;
		if (size <= MAX_BODY) chunks.push(chunk);
	}
	return size > MAX_BODY ? undefined : new TextDecoder().decode(Buffer.concat(chunks));
}
