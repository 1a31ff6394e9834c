import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { bookPayment } from './_payments.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Books once, and writes to the customer at every delivery of the payment, outside of the lock: notifications goes up to five';
export const rule = 'duplicate-at-once';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		const { body } = req;
		if (!genuine(body, keys.secret_key)) return res.sendStatus(403);
		const kind = kindOf(body);
		if (kind === 'transaction') {
			await inTurn(String(body.order_number), () => bookPayment(shop, body));
			await inTurn(String(body.order_number), () => notifyCustomer(body));
		} else if (kind !== 'pre_transaction')
			await inTurn(mandateReference(body), () => bookMandate(shop, body));
		res.sendStatus(200);
	});

	async function notifyCustomer({ order_number, status }) {
		const order = await shop.find(String(order_number));
		if (order?.state !== 'paid' || String(status) !== '3') return;
		await shop.save({ ...order, notifications: (order.notifications ?? 0) + 1 });
	}

	app.use((err, _req, res, _next) => res.sendStatus(err.status ?? 500));
	return app;
}
