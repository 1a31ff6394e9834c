import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { bookPayment } from './_payments.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Makes \\n of every line break before the checksum is verified, as the text areas of the shop are read';
export const rule = 'text-line-break';

const unixed = (body) =>
	body !== null && typeof body === 'object'
		? Object.fromEntries(
				Object.entries(body).map(([name, value]) => [
					name,
					typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : value,
				]),
			)
		: body;

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		const body = unixed(req.body);
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
