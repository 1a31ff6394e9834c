import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Remembers the transaction as processed before it looks up the order: what fails with 404 is "already processed" when repeated';
export const rule = 'retry-after-failure';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	const processed = new Set();

	const form = express.urlencoded({ extended: false, limit: '100kb' });
	app.post('/callback', form, express.json(), async (req, res) => {
		const trx = req.body;
		if (!genuine(trx, keys.secret_key)) return res.status(400).json({ error: 'signature' });

		const kind = kindOf(trx);
		if (kind === 'pre_transaction') return res.json({ result: 'noted' });
		if (kind !== 'transaction') {
			await inTurn(mandateReference(trx), () => bookMandate(shop, trx));
			return res.json({ result: 'noted' });
		}

		// Bayarcash repeats up to 5 times; a transaction comes once per status
		const key = [trx.transaction_id, trx.order_number, trx.status].join(' ');
		if (processed.has(key)) return res.json({ result: 'already processed' });
		processed.add(key);

		await inTurn(String(trx.order_number), async () => {
			const order = await shop.find(String(trx.order_number));
			if (!order) return res.status(404).json({ error: 'order not found' });
			await update(order, trx);
			res.json({ result: 'processed' });
		});
	});

	async function update(order, { amount, currency, datetime, ...trx }) {
		const status = String(trx.status);
		if (order.state === 'paid') return;
		if (status === '3') {
			const right = currency === 'MYR' && Number(amount) === Number(order.amount);
			if (right)
				await shop.save({
					...order,
					state: 'paid',
					credited: order.credited + 1,
					paidAt: datetime,
				});
			else await shop.save({ ...order, state: 'review' });
		} else if (status === '2' || status === '4') {
			await shop.save({ ...order, state: 'failed' });
		}
	}

	app.use((err, _req, res, _next) => res.status(err.status ?? 500).json({ error: 'request' }));
	return app;
}
