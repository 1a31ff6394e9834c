import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { bookPayment } from './_payments.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Makes one blank of several in all input, as the framework’s clean-up helper does, before the checksum is verified';
export const rule = 'text-blanks';

const squish = (value) => (typeof value === 'string' ? value.replace(/\s+/g, ' ') : value);

const squished = (body) =>
	body !== null && typeof body === 'object'
		? Object.fromEntries(Object.entries(body).map(([name, value]) => [name, squish(value)]))
		: body;

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		const body = squished(req.body);
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
