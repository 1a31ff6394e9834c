import express from 'express';
import { digestGuard } from './_digest.js';

export const mistake = 'Refuses an amount that comes quoted, as on the page of 2020';
export const rule = 'quoted-values';

/** @returns what is wrong with the transfer, or undefined */
function fault(tx) {
	if (typeof tx !== 'object' || tx === null) return 'transaction expected';
	if (typeof tx.reference_id !== 'string') return 'reference_id must be a string';
	if (typeof tx.state !== 'string') return 'state must be a string';
	if (typeof tx.amount !== 'number') return 'amount must be a number';
}

export function receiver(shop, keys) {
	const app = express();
	const guard = digestGuard(keys);
	const sequence = new Map();

	app.use('/callback', express.json({ type: () => true, limit: 1_000_000 }));
	app.post('/callback', async (req, res) => {
		if (!guard.passes(req)) {
			return res
				.status(401)
				.set('WWW-Authenticate', guard.challenge())
				.json({ errors: ['authentication'] });
		}
		const tx = Array.isArray(req.body?.data) ? req.body.data[0] : (req.body?.data ?? req.body);
		const wrong = fault(tx);
		if (wrong !== undefined) return res.status(400).json({ errors: [wrong] });

		const step = (sequence.get(tx.reference_id) ?? Promise.resolve()).then(() => apply(shop, tx));
		sequence.set(tx.reference_id, step);
		await step;
		res.json({ errors: [] });
	});
	app.use((error, _req, res, _next) =>
		res.status(error.status ?? 500).json({ errors: ['unreadable'] }),
	);
	return app;
}

async function apply(shop, tx) {
	const order = await shop.find(tx.reference_id);
	if (!order) return;
	const final = order.state === 'paid' || order.state === 'refunded';
	switch (tx.state.toLowerCase()) {
		case 'completed':
			if (final || tx.amount !== Number(order.amount)) return;
			await shop.save({
				...order,
				state: 'paid',
				credited: order.credited + 1,
				account: tx.beneficiary?.account,
			});
			return;
		case 'canceled':
		case 'cancelled':
		case 'declined':
			if (!final) await shop.save({ ...order, state: 'failed', error: tx.error_code });
			return;
		case 'refunded':
			await shop.save({ ...order, state: 'refunded' });
	}
}
