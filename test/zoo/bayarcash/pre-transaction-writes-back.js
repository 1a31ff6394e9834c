import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { bookPayment } from './_payments.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

/** Somebody else's API, while the order that was read grows old. */
const askWhoThePayerIs = () => new Promise((resolve) => setTimeout(resolve, 60));

export const mistake =
	'A pre_transaction reads the order, and writes the whole row back as pending: at the same moment as the success it undoes it';
export const rule = 'different-at-once';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		const { body } = req;
		if (!genuine(body, keys.secret_key)) return res.sendStatus(403);
		const kind = kindOf(body);
		if (kind === 'transaction')
			await inTurn(String(body.order_number), () => bookPayment(shop, body));
		// nothing is decided by it, so it need not wait for its turn
		else if (kind === 'pre_transaction') await markPending(body);
		else await inTurn(mandateReference(body), () => bookMandate(shop, body));
		res.sendStatus(200);
	});

	async function markPending(body) {
		const order = await shop.find(String(body.order_number));
		await askWhoThePayerIs();
		if (order?.state === 'new') await shop.save({ ...order, state: 'pending' });
	}

	app.use((err, _req, res, _next) => res.sendStatus(err.status ?? 500));
	return app;
}
