import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	"Compares approval_status with '1', so that every mandate the bank approved ends as rejected";
export const rule = 'mandate-approval';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();

	const handlers = {
		pre_transaction: async () => {},
		authorization: (body) => bookMandate(shop, body),
		collection: (body) => bookMandate(shop, body),
		async bank_approval(body) {
			const subscription = await shop.find(mandateReference(body));
			if (!subscription) return;
			const approved = String(body.approval_status) === '1';
			if (body.application_type === '01') subscription.mandate = approved ? 'active' : 'rejected';
			if (body.application_type === '02')
				subscription.lastChange = approved ? 'accepted' : 'rejected';
			if (body.application_type === '03') subscription.ending = approved ? 'ended' : 'rejected';
			await shop.save(subscription);
		},
		async transaction(body) {
			const order = await shop.find(String(body.order_number));
			if (!order || order.state === 'completed') return;
			if (String(body.status) === '3') {
				const asOrdered = Number(body.amount) === Number(order.amount) && body.currency === 'MYR';
				if (asOrdered) order.credited += 1;
				order.state = asOrdered ? 'completed' : 'on-hold';
				await shop.save(order);
			} else if (['2', '4'].includes(String(body.status))) {
				order.state = 'failed';
				await shop.save(order);
			}
		},
	};

	app.post(
		'/callback',
		express.json(),
		express.urlencoded({ extended: false }),
		async (req, res) => {
			if (!genuine(req.body, keys.secret_key)) return res.status(401).end();
			const kind = kindOf(req.body);
			await inTurn(mandateReference(req.body), () => handlers[kind](req.body));
			res.status(200).end();
		},
	);

	app.use((err, _req, res, _next) => {
		res.status(err.status ?? 500).end();
	});
	return app;
}
