import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { bookPayment } from './_payments.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Cuts the name of the payer to the thirty characters of its column before the checksum is verified';
export const rule = 'text-long';

// orders.payer_name is varchar(30)
const fitted = (body) =>
	typeof body?.payer_name === 'string'
		? { ...body, payer_name: body.payer_name.slice(0, 30) }
		: body;

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		const body = fitted(req.body);
		if (!genuine(body, keys.secret_key)) return res.sendStatus(403);
		const kind = kindOf(body);
		if (kind === 'transaction')
			await inTurn(String(body.order_number), () => bookPayment(shop, body));
		else if (kind !== 'pre_transaction')
			await inTurn(mandateReference(body), () => bookMandate(shop, body));
		res.sendStatus(200);
	});

	app.use((err, _req, res, _next) => res.sendStatus(err.status ?? 500));
	return app;
}
