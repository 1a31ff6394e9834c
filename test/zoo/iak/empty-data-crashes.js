import express from 'express';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake = 'Reads data.ref_id without looking whether there is data, or a ref_id in it';
export const rule = 'body-not-an-object';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = createTurns();
	app.use(express.json());

	app.post('/callback', async (req, res) => {
		if (!req.get('content-type')?.includes('json')) return res.sendStatus(415);
		const data = req.body.data;
		const reference = data.ref_id.toString();
		if (!signMatches(data.sign, keys, reference)) return res.sendStatus(403);

		const status = text(data.status);
		await inTurn(reference, async () => {
			const order = await shop.find(reference);
			if (!order || order.state === 'paid') return;
			if (status === '1' && data.rc === '00' && text(data.price) === order.amount) {
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
		res.sendStatus(200);
	});

	app.use((error, _req, res, _next) => {
		res.sendStatus(error.status ?? 500);
	});
	return app;
}
