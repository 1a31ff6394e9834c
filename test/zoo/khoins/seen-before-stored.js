import express from 'express';
import { createTopups } from './_topups.js';

export const mistake =
	'Notes a callback as seen before it looks for the order: one that came too early is told to come again, and then ignored';
export const rule = 'retry-after-failure';

export function receiver(shop) {
	const app = express();
	const topups = createTopups(shop);
	const seen = new Set();
	const busy = new Map(); // refid -> the work going on

	app.use(express.json({ type: () => true, limit: '64kb' }));

	app.post('/callback', async (req, res) => {
		const outer = req.body;
		if (!outer || typeof outer !== 'object' || Array.isArray(outer))
			return res.status(400).json({ error: 'not an object' });
		const inner = innerOf(outer.message);
		if (topups.concerns(outer)) {
			await topups.book(outer, inner);
			return res.json({ ok: true });
		}
		const { refid } = outer;
		if (typeof refid !== 'string' || refid === '') return res.status(400).json({ error: 'refid?' });
		if (!['Success', 'Gagal'].includes(inner.status))
			return res.json({ ok: true, note: 'not final' });

		// the same result a second time: nothing to do
		const fingerprint = JSON.stringify([refid, inner.status]);
		if (seen.has(fingerprint)) return res.json({ ok: true, note: 'already had that' });
		seen.add(fingerprint);

		const work = (busy.get(refid) ?? Promise.resolve()).then(() => settle(refid, inner));
		busy.set(refid, work);
		const stored = await work;
		if (busy.get(refid) === work) busy.delete(refid);
		// our request may not have been written to the database yet
		if (!stored) return res.status(503).json({ error: 'order not stored yet, please repeat' });
		res.json({ ok: true });
	});

	async function settle(refid, inner) {
		const order = await shop.find(refid);
		if (!order) return false;
		if (order.state === 'paid') return true;
		if (inner.status === 'Success') {
			const serial =
				/SN: (.*)\. Saldo:/s.exec(typeof inner.message === 'string' ? inner.message : '')?.[1] ??
				null;
			await shop.save({
				...order,
				state: 'paid',
				credited: order.credited + 1,
				refunded: 0,
				serial,
			});
		} else {
			await shop.save({ ...order, state: 'failed', refunded: (order.refunded ?? 0) + 1 });
		}
		return true;
	}

	app.use((error, _req, res, _next) =>
		res.status(error.status ?? 500).json({ error: 'cannot be read' }),
	);
	return app;
}

function innerOf(message) {
	try {
		return JSON.parse(message) ?? {};
	} catch {
		return {};
	}
}
