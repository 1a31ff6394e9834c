import express from 'express';
import { digestGuard } from './_digest.js';

export const mistake =
	'Checks the Digest answer where there is one, but books a POST without any Authorization too';
export const rule = 'digest-challenge';

const FINAL_FAILURES = ['declined', 'canceled', 'cancelled', 'rejected'];

export function receiver(shop, keys) {
	const guard = digestGuard(keys);
	const waiting = new Map();
	const oneByOne = (reference, job) => {
		const next = (waiting.get(reference) ?? Promise.resolve()).then(job);
		waiting.set(
			reference,
			next.catch(() => {}),
		);
		return next;
	};

	async function book(tx) {
		const order = await shop.find(tx.reference_id);
		if (!order) return 404;
		const state = typeof tx.state === 'string' ? tx.state.toLowerCase() : '';
		const closed = order.state === 'paid' || order.state === 'refunded';
		if (state === 'completed' && !closed) {
			if (Number(tx.amount) !== Number(order.amount)) return 422;
			await shop.save({
				...order,
				state: 'paid',
				credited: order.credited + 1,
				account: tx.beneficiary?.account,
			});
		} else if (FINAL_FAILURES.includes(state) && !closed && order.state !== 'failed') {
			await shop.save({ ...order, state: 'failed', reason: tx.error_message });
		} else if (state === 'refunded' && order.state !== 'refunded') {
			await shop.save({ ...order, state: 'refunded' });
		}
		return 200;
	}

	const app = express();
	app.post('/callback', express.json({ type: () => true }), async (req, res) => {
		// newer Transfez accounts call without credentials, older ones with
		if (req.headers.authorization !== undefined && !guard.passes(req)) {
			return res.status(401).set('WWW-Authenticate', guard.challenge()).end();
		}
		const data = req.body?.data ?? req.body;
		const tx = Array.isArray(data) ? data[0] : data;
		if (typeof tx?.reference_id !== 'string' || Array.isArray(req.body)) return res.sendStatus(400);
		res.sendStatus(await oneByOne(tx.reference_id, () => book(tx)));
	});
	app.use((err, _req, res, _next) => res.status(err.status ?? 500).end());
	return app;
}
