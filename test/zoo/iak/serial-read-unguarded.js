import express from 'express';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake =
	'Trims data.sn before it looks at the status; a failed top-up comes without sn';
export const rule = 'serial-absent';

export function receiver(shop, keys) {
	const app = express();
	const queue = createTurns();
	app.use(express.json({ limit: '200kb' }));

	app.post('/callback', async (req, res) => {
		if (req.is('*/xml')) return res.sendStatus(415);
		const data = req.body?.data;
		if (data === null || typeof data !== 'object' || Array.isArray(data))
			return res.sendStatus(400);
		if (!signMatches(data.sign, keys, data.ref_id)) return res.sendStatus(401);

		const result = {
			success: (data.status === '1' || data.status === 1) && data.rc === '00',
			failed: (data.status === '2' || data.status === 2) && data.rc !== '00',
			price: text(data.price),
			serial: data.sn.trim(),
			product: data.product_code ?? data.code,
			destination: data.customer_id ?? data.hp,
		};

		await queue(data.ref_id, async () => {
			const order = await shop.find(data.ref_id);
			if (!order || order.state === 'completed') return;
			if (result.success && result.price === order.amount) {
				const { serial, product, destination } = result;
				const done = {
					state: 'completed',
					credited: order.credited + 1,
					serial,
					product,
					destination,
				};
				await shop.save({
					...order,
					...done,
					pin: data.pin,
					activation_code: data.activation_code,
				});
			}
			if (result.failed) await shop.save({ ...order, state: 'failed' });
		});
		res.sendStatus(200);
	});

	app.use((error, _req, res, _next) => res.sendStatus(error.status ?? 500));
	return app;
}
