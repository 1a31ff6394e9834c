import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { bookPayment } from './_payments.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Verifies what it books, and takes a pre-transaction, which "decides nothing", as it comes: anybody writes ids into orders';
export const rule = 'other-kinds-forged';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		const { body } = req;
		const kind = kindOf(body);
		const reference = kind === undefined ? '' : mandateReference(body);
		if (kind === 'pre_transaction') await inTurn(reference, () => noteBank(body));
		else if (!genuine(body, keys.secret_key)) return res.sendStatus(403);
		else if (kind === 'transaction') await inTurn(reference, () => bookPayment(shop, body));
		else await inTurn(reference, () => bookMandate(shop, body));
		res.sendStatus(200);
	});

	async function noteBank({ order_number, exchange_reference_number }) {
		const order = await shop.find(String(order_number));
		if (order?.state === 'new')
			await shop.save({ ...order, bank_reference: String(exchange_reference_number) });
	}

	app.use((err, _req, res, _next) => res.sendStatus(err.status ?? 500));
	return app;
}
