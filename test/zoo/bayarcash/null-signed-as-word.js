import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { bookPayment } from './_payments.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Writes every value as text before it verifies, so that what a cancelled payment has not is signed as "null"';
export const rule = 'cancelled-fields';

const asTexts = (body) =>
	body !== null && typeof body === 'object' && !Array.isArray(body)
		? Object.fromEntries(Object.entries(body).map(([name, value]) => [name, textOf(value)]))
		: body;

const textOf = (value) => (typeof value === 'number' || value === null ? `${value}` : value);

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		const body = asTexts(req.body);
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
