import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { bookPayment } from './_payments.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Mails the customer about every failed attempt, also where another attempt has paid the order already';
export const rule = 'failure-told';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		const { body } = req;
		if (!genuine(body, keys.secret_key)) return res.sendStatus(403);
		const kind = kindOf(body);
		if (kind === 'transaction')
			await inTurn(String(body.order_number), async () => {
				await bookPayment(shop, body);
				if (['2', '4'].includes(String(body.status))) await mailFailure(body);
			});
		else if (kind !== 'pre_transaction')
			await inTurn(mandateReference(body), () => bookMandate(shop, body));
		res.sendStatus(200);
	});

	/** Once for each attempt. */
	async function mailFailure({ order_number, transaction_id }) {
		const order = await shop.find(String(order_number));
		if (order === undefined) return;
		const about = new Set([...(order.mailed_about ?? []), transaction_id]);
		await shop.save({ ...order, mailed_about: [...about], failure_mails: about.size });
	}

	app.use((err, _req, res, _next) => res.sendStatus(err.status ?? 500));
	return app;
}
