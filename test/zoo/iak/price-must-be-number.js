import express from 'express';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake =
	'Wants price as a number, as the API answers it; the callback has it as a string';
export const rule = 'genuine-success';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = createTurns();

	app.post('/callback', express.json(), async (req, res) => {
		if (req.is('xml')) return res.status(415).json({ error: 'unsupported' });
		const data = req.body?.data;
		if (!data || !signMatches(data.sign, keys, data.ref_id))
			return res.status(401).json({ error: 'unauthorized' });
		if (typeof data.price !== 'number')
			return res.status(400).json({ error: 'price is not a number' });

		const status = text(data.status);
		await inTurn(data.ref_id, async () => {
			const order = await shop.find(data.ref_id);
			if (!order || order.state === 'paid') return;
			if (status === '1' && data.rc === '00' && data.price === Number(order.amount)) {
				await shop.save({
					...order,
					state: 'paid',
					credited: order.credited + 1,
					serial: data.sn,
					pin: data.pin,
				});
			} else if (status === '2' && data.rc !== '00') {
				await shop.save({ ...order, state: 'failed' });
			}
		});
		res.json({ received: true });
	});

	app.use((err, _req, res, _next) => res.status(err.status ?? 500).json({ error: 'bad request' }));
	return app;
}
