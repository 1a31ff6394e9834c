import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Credits the customer on every delivery: nothing remembers that this payment was already booked';
export const rule = 'duplicate';

export function receiver(shop, keys) {
	const app = express();
	const perOrder = turns();
	app.use(express.json({ limit: '64kb' }));
	app.use(express.urlencoded({ extended: false, limit: '64kb' }));

	function verify(req, res, next) {
		if (genuine(req.body, keys.secret_key)) return next();
		res.status(400).json({ status: 'error', message: 'Bad signature' });
	}

	app.post('/callback', verify, async (req, res) => {
		const kind = kindOf(req.body);
		if (kind === 'transaction')
			await perOrder(String(req.body.order_number), () => wallet(req.body));
		else if (kind !== 'pre_transaction') {
			await perOrder(mandateReference(req.body), () => bookMandate(shop, req.body));
		}
		res.json({ status: 'success' });
	});

	/** Top up the customer's wallet. */
	async function wallet({ order_number, status, amount, currency }) {
		const topUp = await shop.find(String(order_number));
		if (!topUp) return;
		switch (String(status)) {
			case '3':
				if (currency === 'MYR' && Number(amount) === Number(topUp.amount)) {
					topUp.state = 'paid';
					topUp.credited += 1;
				} else if (topUp.state !== 'paid') {
					topUp.state = 'review';
				}
				await shop.save(topUp);
				break;
			case '2':
			case '4':
				if (topUp.state !== 'paid') await shop.save({ ...topUp, state: 'failed' });
		}
	}

	app.use((err, _req, res, _next) => {
		res.status(err.statusCode ?? 500).json({ status: 'error' });
	});
	return app;
}
