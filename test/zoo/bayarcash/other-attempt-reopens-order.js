import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Lets a pending report reopen a paid order when it is about another attempt, whose transaction id it has not seen';
export const rule = 'out-of-order';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		const { body } = req;
		if (!genuine(body, keys.secret_key)) return res.sendStatus(403);
		const kind = kindOf(body);
		if (kind === 'transaction') await inTurn(String(body.order_number), () => book(body));
		else if (kind !== 'pre_transaction')
			await inTurn(mandateReference(body), () => bookMandate(shop, body));
		res.sendStatus(200);
	});

	async function book(body) {
		const order = await shop.find(String(body.order_number));
		if (!order) return;
		const status = String(body.status);
		const isSame = order.transaction === body.transaction_id;
		if (['0', '1'].includes(status)) {
			if (order.state === 'paid' && isSame) return;
			order.state = 'pending';
		} else if (order.state === 'paid') return;
		else if (status === '3') {
			const complete = body.currency === 'MYR' && Number(body.amount) === Number(order.amount);
			order.state = complete ? 'paid' : 'review';
			order.credited += complete ? 1 : 0;
			order.transaction = body.transaction_id;
		} else if (['2', '4'].includes(status)) order.state = 'failed';
		await shop.save(order);
	}

	app.use((err, _req, res, _next) => res.sendStatus(err.status ?? 500));
	return app;
}
