import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Compares the amount as text, the order’s with a comma for the thousands: nothing above 999.99 is ever paid';
export const rule = 'amount-thousands';

const money = new Intl.NumberFormat('en-MY', {
	minimumFractionDigits: 2,
	maximumFractionDigits: 2,
});

async function book(shop, body) {
	const order = await shop.find(String(body.order_number));
	if (order === undefined || order.state === 'paid') return;
	const status = String(body.status);
	if (status === '3') {
		const complete = body.currency === 'MYR' && body.amount === money.format(order.amount);
		order.state = complete ? 'paid' : 'review';
		order.credited += complete ? 1 : 0;
	} else if (['2', '4'].includes(status)) order.state = 'failed';
	await shop.save(order);
}

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		const body = req.body;
		if (!genuine(body, keys.secret_key)) return res.sendStatus(403);
		const kind = kindOf(body);
		if (kind === 'transaction') await inTurn(String(body.order_number), () => book(shop, body));
		else if (kind !== 'pre_transaction')
			await inTurn(mandateReference(body), () => bookMandate(shop, body));
		res.sendStatus(200);
	});

	app.use((err, _req, res, _next) => res.sendStatus(err.status ?? 500));
	return app;
}
