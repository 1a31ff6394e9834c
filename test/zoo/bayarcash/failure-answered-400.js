import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Answers 400 to a verified callback when the payment failed, so that the provider keeps repeating it';
export const rule = 'genuine-failure';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		const data = req.body;
		if (!genuine(data, keys.secret_key)) return res.status(403).json({ error: 'invalid_checksum' });
		const kind = kindOf(data);
		if (kind === 'pre_transaction') return res.json({ received: true });
		if (kind !== 'transaction') {
			await inTurn(mandateReference(data), () => bookMandate(shop, data));
			return res.json({ received: true });
		}

		await inTurn(String(data.order_number), async () => {
			const booking = await shop.find(String(data.order_number));
			if (!booking) return res.status(404).json({ error: 'booking_not_found' });
			const status = String(data.status);
			if (status === '3') {
				if (booking.state === 'paid') return res.json({ received: true });
				if (data.currency !== 'MYR' || Number(data.amount) !== Number(booking.amount)) {
					await shop.save({ ...booking, state: 'review' });
					return res.json({ received: true });
				}
				await shop.save({
					...booking,
					state: 'paid',
					credited: booking.credited + 1,
					payer: data.payer_name,
				});
				return res.json({ received: true });
			}
			if (status === '2' || status === '4') {
				if (booking.state !== 'paid') await shop.save({ ...booking, state: 'failed' });
				return res.status(400).json({ error: 'payment_failed' });
			}
			return res.json({ received: true });
		});
	});

	app.use((err, _req, res, _next) => res.status(err.status ?? 500).json({ error: 'bad_request' }));
	return app;
}
