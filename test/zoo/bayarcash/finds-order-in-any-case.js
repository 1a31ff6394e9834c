import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { bookPayment } from './_payments.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'The order column has a collation that knows no case and no blanks at the end, and nobody compares what was found';
export const rule = 'similar-reference';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		const { body } = req;
		if (!genuine(body, keys.secret_key)) return res.sendStatus(403);
		const kind = kindOf(body);
		const reference = await stored(mandateReference(body));
		if (kind === 'transaction')
			await inTurn(reference, () => bookPayment(shop, { ...body, order_number: reference }));
		else if (kind !== 'pre_transaction') await inTurn(reference, () => bookMandate(shop, body));
		res.sendStatus(200);
	});

	// utf8mb4_general_ci
	async function stored(number) {
		const folded = (text) => text.trimEnd().toLowerCase();
		const order = await shop.search((reference) => folded(reference) === folded(number));
		return order?.reference ?? number;
	}

	app.use((err, _req, res, _next) => res.sendStatus(err.status ?? 500));
	return app;
}
