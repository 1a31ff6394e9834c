import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Parses every body as JSON, so that the form the provider sends leaves it with nothing';
export const rule = 'genuine-success';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.json({ limit: '64kb' })); // the documentation shows the callback as JSON

	app.post('/callback', async (req, res) => {
		if (req.body === undefined) return res.status(400).json({ error: 'expected a JSON body' });
		if (!genuine(req.body, keys.secret_key))
			return res.status(401).json({ error: 'invalid checksum' });
		const kind = kindOf(req.body);
		if (kind === 'transaction') await inTurn(String(req.body.order_number), () => settle(req.body));
		else if (kind !== 'pre_transaction')
			await inTurn(mandateReference(req.body), () => bookMandate(shop, req.body));
		return res.json({ received: true });
	});

	async function settle({ order_number, transaction_id, status, amount, currency }) {
		const order = await shop.find(String(order_number));
		if (!order || order.state === 'paid') return;
		switch (String(status)) {
			case '3':
				if (currency === 'MYR' && Number(amount) === Number(order.amount)) {
					await shop.save({
						...order,
						state: 'paid',
						credited: order.credited + 1,
						transactionId: transaction_id,
					});
				} else {
					await shop.save({ ...order, state: 'review', transactionId: transaction_id });
				}
				break;
			case '2':
			case '4':
				await shop.save({ ...order, state: 'failed' });
		}
	}

	app.use((error, _req, res, _next) => {
		res
			.status(error.status ?? 500)
			.json({ error: error.status ? 'bad request' : 'internal error' });
	});
	return app;
}
