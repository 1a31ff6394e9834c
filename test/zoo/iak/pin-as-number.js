import express from 'express';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake = 'Stores the pin of a game voucher as a number, without its leading zeros';
export const rule = 'values-intact';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = createTurns();

	app.post(
		'/callback',
		express.json({ type: ['application/json', 'text/json'] }),
		async (req, res) => {
			if (req.is('xml')) return res.status(415).json({ message: 'Unsupported Media Type' });
			const data = req.body?.data;
			if (typeof data?.ref_id !== 'string')
				return res.status(422).json({ message: 'The ref_id field is required.' });
			if (!signMatches(data.sign, keys, data.ref_id))
				return res.status(403).json({ message: 'Forbidden' });

			await inTurn(data.ref_id, async () => {
				const order = await shop.find(data.ref_id);
				if (!order || order.state === 'completed') return;
				if (text(data.status) === '1' && data.rc === '00' && text(data.price) === order.amount) {
					await shop.save({
						...order,
						state: 'completed',
						credited: order.credited + 1,
						sn: data.sn,
						pin: data.pin === undefined ? null : Number.parseInt(data.pin, 10),
						activation_code: data.activation_code ?? null,
					});
				} else if (text(data.status) === '2' && data.rc !== '00') {
					await shop.save({ ...order, state: 'failed', rc: data.rc });
				}
			});
			res.json({ message: 'OK' });
		},
	);

	app.use((err, _req, res, _next) => res.status(err.status ?? 500).json({ message: 'Error' }));
	return app;
}
