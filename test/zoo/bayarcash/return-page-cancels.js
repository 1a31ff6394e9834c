import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { bookPayment } from './_payments.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'The return page believes a receipt that reports a failure: whoever writes the address cancels an open order';
export const rule = 'return-tampered';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		const { body } = req;
		if (!genuine(body, keys.secret_key)) return res.sendStatus(403);
		const kind = kindOf(body);
		if (kind === 'transaction')
			await inTurn(String(body.order_number), () => bookPayment(shop, body));
		else if (kind !== 'pre_transaction')
			await inTurn(mandateReference(body), () => bookMandate(shop, body));
		res.sendStatus(200);
	});

	app.get('/return', async ({ query }, res) => {
		const order = await shop.find(String(query.order_number));
		if (order === undefined) return res.sendStatus(404);
		// the callback of a failure may take five minutes; the payer wants to try again now
		if (order.state === 'new' && ['2', '4'].includes(String(query.status))) {
			order.state = 'failed';
			await shop.save(order);
		}
		res.json({ reference: order.reference, state: order.state });
	});

	app.use((err, _req, res, _next) => res.sendStatus(err.status ?? 500));
	return app;
}
