import { createQueue } from './_queue.js';
import { createTopups } from './_topups.js';

export const mistake =
	'Turns each chunk into text by itself: a character that is split over two chunks breaks, and the callback is refused as not UTF-8';
export const rule = 'split-send';

const TOO_MUCH = 16 * 1024;

export function receiver(shop) {
	const queue = createQueue();
	const topups = createTopups(shop);

	return (req, res) => {
		const answer = (status, body = '') => {
			res.statusCode = status;
			res.end(body);
		};
		if (req.url !== '/callback') return answer(404);
		if (req.method !== 'POST') return answer(405);

		let body = '';
		let tooMuch = false;
		req.on('error', () => {});
		req.on('data', (chunk) => {
			tooMuch ||= body.length + chunk.length > TOO_MUCH;
			if (!tooMuch) body += chunk;
		});
		req.on('end', () => {
			if (tooMuch) return answer(413);
			if (body.includes('\uFFFD')) return answer(400, 'body is not UTF-8');
			work(body).then(
				(status) => answer(status),
				() => answer(500),
			);
		});
	};

	async function work(text) {
		const outer = parse(text.replace('\uFEFF', ''));
		if (!outer) return 400;
		const inner = parse(outer.message);
		if (topups.concerns(outer)) {
			await topups.book(outer, inner);
			return 200;
		}
		const refid = outer.refid ?? inner?.trxid;
		if (typeof refid !== 'string') return 400;
		return queue(refid, () => settle(refid, inner));
	}

	async function settle(refid, inner) {
		const order = await shop.find(refid);
		if (!order) return 404;
		if (inner?.status === 'Success' && order.state !== 'paid') {
			const serial =
				typeof inner.message === 'string'
					? inner.message.match(/SN: (.*)\. Saldo:/s)?.[1]
					: undefined;
			await shop.save({
				...order,
				state: 'paid',
				credited: order.credited + 1,
				refunded: 0,
				serial,
			});
		} else if (inner?.status === 'Gagal' && order.state === 'new') {
			await shop.save({ ...order, state: 'failed', refunded: 1 });
		}
		return 200;
	}
}

function parse(text) {
	try {
		const value = JSON.parse(text);
		return typeof value === 'object' && !Array.isArray(value) ? value : null;
	} catch {
		return null;
	}
}
