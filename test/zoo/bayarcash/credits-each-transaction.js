import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Remembers transactions and not orders: a second payment of the same order is credited once more';
export const rule = 'second-success';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		const { body } = req;
		if (!genuine(body, keys.secret_key)) return res.sendStatus(403);
		const kind = kindOf(body);
		if (kind === 'transaction') await inTurn(String(body.order_number), () => book(body));
		else if (kind !== 'pre_transaction')
			await inTurn(mandateReference(body), () => bookMandate(shop, body));
		res.sendStatus(200);
	});

	async function book(body) {
		const order = await shop.find(String(body.order_number));
		if (!order) return;
		const status = String(body.status);
		const seen = order.transactions ?? [];
		if (seen.includes(body.transaction_id)) return;
		if (status === '3') {
			const complete = body.currency === 'MYR' && Number(body.amount) === Number(order.amount);
			order.state = complete ? 'paid' : 'review';
			order.credited += complete ? 1 : 0;
			order.transactions = [...seen, body.transaction_id];
		} else if (['2', '4'].includes(status) && order.state !== 'paid') order.state = 'failed';
		await shop.save(order);
	}

	app.use((err, _req, res, _next) => res.sendStatus(err.status ?? 500));
	return app;
}
