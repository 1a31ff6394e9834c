import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { bookPayment } from './_payments.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Verifies payments, and books approvals and collections of direct debit as they come, as the official plugin does';
export const rule = 'direct-debit-forged';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		const { body } = req;
		const kind = kindOf(body);
		const isDebit = kind === 'bank_approval' || kind === 'collection';
		if (!isDebit && !genuine(body, keys.secret_key)) return res.sendStatus(403);
		const reference = mandateReference(body);
		if (kind === 'transaction') await inTurn(reference, () => bookPayment(shop, body));
		else if (kind !== 'pre_transaction') await inTurn(reference, () => bookMandate(shop, body));
		res.sendStatus(200);
	});

	app.use((err, _req, res, _next) => res.sendStatus(err.status ?? 500));
	return app;
}
