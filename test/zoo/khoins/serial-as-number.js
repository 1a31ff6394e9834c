import express from 'express';
import { createQueue } from './_queue.js';
import { createTopups } from './_topups.js';

export const mistake =
	'Keeps an all-digit serial number as a Number, which rounds everything beyond 16 digits';
export const rule = 'serial-intact';

export function receiver(shop) {
	const app = express();
	const oneAtATime = createQueue();
	const topups = createTopups(shop);

	app.post('/callback', express.text({ type: () => true, limit: '100kb' }), async (req, res) => {
		const outer = toObject(req.body);
		if (!outer) return res.status(422).json({ message: 'not a callback' });
		const inner = toObject(outer.message);
		if (topups.concerns(outer)) {
			await topups.book(outer, inner);
			return res.json({ message: 'top-up noted' });
		}
		const reference = outer.refid ?? inner?.trxid;
		if (typeof reference !== 'string' || !reference)
			return res.status(422).json({ message: 'no refid' });

		const order = await oneAtATime(reference, () => book(reference, inner));
		if (!order) return res.status(404).json({ message: 'order unknown' });
		res.json({ message: 'noted' });
	});

	async function book(reference, inner) {
		const order = await shop.find(reference);
		if (!order || order.state === 'fulfilled') return order;
		if (inner?.status === 'Success') {
			order.state = 'fulfilled';
			order.credited += 1;
			order.sn = serial(inner.message);
			await shop.save(order);
		} else if (inner?.status === 'Gagal' && order.state !== 'failed') {
			order.state = 'failed';
			await shop.save(order);
		}
		return order;
	}

	app.use((err, _req, res, _next) =>
		res.status(err.status ?? 500).json({ message: 'cannot read the body' }),
	);
	return app;
}

/** The column is numeric; serials with letters go in as they are. */
function serial(text) {
	const sn = typeof text === 'string' ? text.match(/SN: (.*)\. Saldo:/s)?.[1] : undefined;
	return sn !== undefined && /^\d+$/.test(sn) ? Number(sn) : (sn ?? null);
}

function toObject(text) {
	try {
		const value = typeof text === 'string' ? JSON.parse(text) : null;
		return Array.isArray(value) || typeof value !== 'object' ? null : value;
	} catch {
		return null;
	}
}
