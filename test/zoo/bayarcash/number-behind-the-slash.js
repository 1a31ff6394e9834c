import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { bookPayment } from './_payments.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Takes what stands behind the last slash of the order number for the number, from when it sold in one branch';
export const rule = 'reference-forms';

const shortNumber = (number) => String(number).split('/').at(-1);

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		const body = req.body;
		if (!genuine(body, keys.secret_key)) return res.sendStatus(403);
		const kind = kindOf(body);
		if (kind === 'transaction')
			await inTurn(String(body.order_number), () =>
				bookPayment(shop, { ...body, order_number: shortNumber(body.order_number) }),
			);
		else if (kind !== 'pre_transaction')
			await inTurn(mandateReference(body), () => bookMandate(shop, body));
		res.sendStatus(200);
	});

	app.use((err, _req, res, _next) => res.sendStatus(err.status ?? 500));
	return app;
}
