import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { bookPayment } from './_payments.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Turns HTML entities back into characters before the checksum is verified, because an older gateway escaped its texts';
export const rule = 'text-entities';

const entities = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const decode = (value) =>
	typeof value === 'string'
		? value.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity])
		: value;

const decoded = (body) =>
	body !== null && typeof body === 'object'
		? Object.fromEntries(Object.entries(body).map(([name, value]) => [name, decode(value)]))
		: body;

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		const body = decoded(req.body);
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
