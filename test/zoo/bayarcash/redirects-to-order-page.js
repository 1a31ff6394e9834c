import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Processes the callback, then sends the caller to the order page with a 302, as if it were the payer';
export const rule = 'answer-status';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();

	app.post(
		'/callback',
		express.urlencoded({ extended: false }),
		express.json(),
		async (req, res) => {
			if (!genuine(req.body, keys.secret_key))
				return res.status(403).type('text').send('Invalid checksum');
			const data = req.body;
			await inTurn(mandateReference(data), () => handle(data));
			res.redirect(`/account/orders?${new URLSearchParams({ ref: mandateReference(data) })}`);
		},
	);

	app.get('/account/orders', (_req, res) => res.type('html').send('<h1>Pesanan anda</h1>'));

	async function handle(data) {
		switch (kindOf(data)) {
			case 'pre_transaction':
				return undefined;
			case 'transaction':
				return complete(data);
			default:
				return bookMandate(shop, data);
		}
	}

	async function complete(data) {
		const order = await shop.find(String(data.order_number));
		if (!order) return;
		const paid = order.state === 'paid';
		const status = String(data.status);
		if (status === '3' && !paid) {
			const correct = data.currency === 'MYR' && Number(data.amount) === Number(order.amount);
			await shop.save(
				correct
					? { ...order, state: 'paid', credited: order.credited + 1 }
					: { ...order, state: 'review' },
			);
		} else if ((status === '2' || status === '4') && !paid) {
			await shop.save({ ...order, state: 'failed' });
		}
	}

	app.use((err, _req, res, _next) =>
		res
			.status(err.status ?? 500)
			.type('text')
			.send('Error'),
	);
	return app;
}
