import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { bookPayment } from './_payments.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Notes the transaction id on the order, then verifies: the 403 to a forgery leaves the forger’s id behind';
export const rule = 'effect-behind-refusal';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		const { body } = req;
		const kind = kindOf(body);
		const reference = kind === undefined ? '' : mandateReference(body);
		const status = await inTurn(reference, async () => {
			if (kind === 'transaction') await noteTransaction(reference, body);
			if (!genuine(body, keys.secret_key)) return 403;
			if (kind === 'transaction') await bookPayment(shop, body);
			else if (kind !== 'pre_transaction') await bookMandate(shop, body);
			return 200;
		});
		res.sendStatus(status);
	});

	async function noteTransaction(reference, { transaction_id }) {
		const order = await shop.find(reference);
		if (order?.state === 'new')
			await shop.save({ ...order, transaction_id: String(transaction_id) });
	}

	app.use((err, _req, res, _next) => res.sendStatus(err.status ?? 500));
	return app;
}
