import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Reads the state of an order that is not there: a callback for an unknown order ends in a TypeError and a 500';
export const rule = 'unknown-reference';

export function receiver(shop, keys) {
	const app = express();
	const queue = turns();
	app.use(express.urlencoded({ extended: false }));
	app.use(express.json());

	app.post('/callback', async (req, res) => {
		if (!genuine(req.body, keys.secret_key)) {
			res.status(403).json({ success: false, message: 'Checksum does not match' });
			return;
		}
		const kind = kindOf(req.body);
		if (kind === 'transaction')
			await queue(String(req.body.order_number), () => handleTransaction(req.body));
		else if (kind !== 'pre_transaction') {
			await queue(mandateReference(req.body), () => bookMandate(shop, req.body));
		}
		res.json({ success: true });
	});

	async function handleTransaction(body) {
		const order = await shop.find(String(body.order_number));
		if (order.state === 'paid') return;

		const outcome = String(body.status);
		if (outcome === '3') {
			if (Number(body.amount) === Number(order.amount) && body.currency === 'MYR') {
				order.state = 'paid';
				order.credited += 1;
				order.serial = String(body.transaction_id);
			} else {
				order.state = 'review';
			}
			await shop.save(order);
		} else if (outcome === '2' || outcome === '4') {
			order.state = 'failed';
			await shop.save(order);
		}
	}

	app.use((error, _req, res, _next) => {
		res.status(error.status ?? 500).json({ success: false, message: 'Something went wrong' });
	});
	return app;
}
