import express from 'express';
import { createQueue } from './_queue.js';
import { createTopups } from './_topups.js';

export const mistake =
	"Waits for 'Failed', but KHOINS says 'Gagal': a failure is acknowledged and the customer never gets the money back";
export const rule = 'failure-takes-effect';

const OUTCOME = new Map([
	['success', 'paid'],
	['sukses', 'paid'],
	['failed', 'failed'],
	['failure', 'failed'],
]);

export function receiver(shop) {
	const router = express();
	const queue = createQueue();
	const topups = createTopups(shop);

	router.post('/callback', express.text({ type: () => true }), async (req, res) => {
		const outer = parsed(req.body);
		if (!outer) return res.status(400).send('not a JSON object');
		const inner = parsed(outer.message);

		if (topups.concerns(outer)) {
			await topups.book(outer, inner);
			return res.send('OK');
		}
		const reference = outer.refid ?? inner?.trxid;
		if (typeof reference !== 'string' || reference === '') return res.status(400).send('no refid');
		if (!inner || typeof inner.status !== 'string') return res.send('OK, kept for later');

		const found = await queue(reference, () =>
			apply(reference, OUTCOME.get(inner.status.toLowerCase()), inner.message),
		);
		res.status(found ? 200 : 404).send(found ? 'OK' : 'no such order');
	});

	async function apply(reference, outcome, text) {
		const order = await shop.find(reference);
		if (!order) return false;
		if (outcome === 'paid' && order.state !== 'paid') {
			await shop.save({
				...order,
				state: 'paid',
				credited: order.credited + 1,
				serial: serialOf(text),
			});
		}
		if (outcome === 'failed' && order.state === 'new') {
			await shop.save({ ...order, state: 'failed', refunded: (order.refunded ?? 0) + 1 });
		}
		return true;
	}

	router.use((err, _req, res, _next) => res.status(err.status ?? 500).send('cannot read that'));
	return router;
}

function serialOf(text) {
	const found = /SN: (.*)\. Saldo:/s.exec(typeof text === 'string' ? text : '');
	return found ? found[1] : null;
}

function parsed(text) {
	if (typeof text !== 'string') return undefined;
	try {
		const value = JSON.parse(text);
		if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
	} catch {}
	return undefined;
}
