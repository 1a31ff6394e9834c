import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'The return page marks the order paid from the query alone, which everybody can type';
export const rule = 'return-unsigned';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		if (!genuine(req.body, keys.secret_key)) return res.status(403).json({ ok: false });
		const kind = kindOf(req.body);
		const reference = mandateReference(req.body);
		if (kind === 'transaction') await inTurn(reference, () => finish(reference, req.body));
		else if (kind !== 'pre_transaction') await inTurn(reference, () => bookMandate(shop, req.body));
		res.json({ ok: true });
	});

	// the callback is often later than the payer, who wants to see "paid"
	app.get('/return', async (req, res) => {
		const { order_number, status } = req.query;
		if (typeof order_number !== 'string')
			return res.status(400).type('html').send('<p>Which order?</p>');
		if (status === '3') await inTurn(order_number, () => finish(order_number, req.query));
		const order = await shop.find(order_number);
		if (!order) return res.status(404).type('html').send('<p>We do not know this order.</p>');
		res
			.type('html')
			.send(order.state === 'paid' ? '<p>Terima kasih!</p>' : '<p>Waiting for your bank.</p>');
	});

	async function finish(reference, { status, amount, currency }) {
		const order = await shop.find(reference);
		if (!order || order.state === 'paid') return;
		if (String(status) === '3') {
			if (currency !== 'MYR' || Number(amount) !== Number(order.amount)) order.state = 'review';
			else {
				order.state = 'paid';
				order.credited += 1;
			}
			await shop.save(order);
		} else if (['2', '4'].includes(String(status))) {
			order.state = 'failed';
			await shop.save(order);
		}
	}

	app.use((err, _req, res, _next) => res.status(err.status ?? 500).json({ ok: false }));
	return app;
}
