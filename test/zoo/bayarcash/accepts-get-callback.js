import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Takes the callback by any method, with its fields from the query or the body: a link can be the callback';
export const rule = 'method';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();

	app.use(express.urlencoded({ extended: false }));
	app.use(express.json());

	// v2 sends POST and v3 sends GET, or the other way round: take both
	app.all('/callback', async (req, res) => {
		const input = { ...req.query, ...req.body };
		if (!genuine(input, keys.secret_key))
			return res.status(401).json({ message: 'Unauthenticated.' });
		const kind = kindOf(input);
		if (kind === 'transaction') {
			await inTurn(String(input.order_number), () => transaction(input));
		} else if (kind !== 'pre_transaction') {
			await inTurn(mandateReference(input), () => bookMandate(shop, input));
		}
		res.json({ message: 'OK' });
	});

	async function transaction(input) {
		const order = await shop.find(String(input.order_number));
		if (!order || order.state === 'paid') return;
		const status = String(input.status);

		if (status === '2' || status === '4') {
			order.state = 'failed';
			await shop.save(order);
		}
		if (status === '3') {
			if (Number(input.amount) === Number(order.amount) && input.currency === 'MYR') {
				order.state = 'paid';
				order.credited += 1;
			} else {
				order.state = 'review';
			}
			await shop.save(order);
		}
	}

	app.use((err, _req, res, _next) => {
		res.status(err.status ?? 500).json({ message: 'Bad request.' });
	});
	return app;
}
