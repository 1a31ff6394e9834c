import express from 'express';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake = 'A failure that comes after the success takes the order back and refunds it';
export const rule = 'late-failure';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = createTurns();
	app.disable('x-powered-by');

	app.post('/callback', express.json(), async (req, res) => {
		if (req.is('xml')) return res.status(415).end();
		const data = req.body?.data;
		if (!data || typeof data !== 'object') return res.status(400).end();
		if (!signMatches(data.sign, keys, data.ref_id)) return res.status(401).end();

		await inTurn(data.ref_id, async () => {
			const order = await shop.find(data.ref_id);
			switch (order && text(data.status)) {
				case '1':
					if (order.state === 'delivered' || data.rc !== '00' || text(data.price) !== order.amount)
						return;
					await shop.save({
						...order,
						state: 'delivered',
						credited: order.credited + 1,
						refund: undefined,
						sn: data.sn,
						pin: data.pin,
					});
					return;
				case '2':
					// already refunded? then not again
					if (order.state === 'failed' || data.rc === '00') return;
					await shop.save({ ...order, state: 'failed', credited: 0, refund: order.amount });
					return;
			}
		});
		res.status(200).end();
	});

	app.use((err, _req, res, _next) => res.status(err.status ?? 500).end());
	return app;
}
