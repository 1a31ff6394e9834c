import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';

import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Knows paid and not paid: a failed payment is booked as pending, and the customer waits for good';
export const rule = 'failure-takes-effect';

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
		if (order === undefined || order.state === 'paid') return;
		const complete = body.currency === 'MYR' && Number(body.amount) === Number(order.amount);
		if (String(body.status) !== '3') order.state = 'pending';
		else order.state = complete ? 'paid' : 'review';
		order.credited += order.state === 'paid' ? 1 : 0;
		order.transaction_id = String(body.transaction_id);
		await shop.save(order);
	}

	app.use((err, _req, res, _next) => res.sendStatus(err.status ?? 500));
	return app;
}
