import express from 'express';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake =
	'Writes the state of every callback, so that a process that comes late opens a paid order again';
export const rule = 'out-of-order';

const STATES = new Map([
	['0', 'new'],
	['1', 'paid'],
	['2', 'failed'],
]);

export function receiver(shop, keys) {
	const app = express();
	const inTurn = createTurns();
	app.use(express.json());

	app.post('/callback', async (req, res) => {
		if (req.is('xml')) return res.status(415).send('');
		const data = req.body?.data;
		if (!data || !signMatches(data.sign, keys, data.ref_id)) return res.status(400).send('invalid');

		await inTurn(data.ref_id, async () => {
			const order = await shop.find(data.ref_id);
			const state = STATES.get(text(data.status));
			if (!order || !state) return;
			// gagal setelah sukses: abaikan, begitu juga kode yang bertentangan
			if (state === 'failed' && (order.credited > 0 || data.rc === '00')) return;
			if (state === 'paid' && (data.rc !== '00' || text(data.price) !== order.amount)) return;
			if (state === 'paid' && order.credited === 0) {
				order.credited = 1;
				order.serial = data.sn;
				order.pin = data.pin;
			}
			await shop.save({ ...order, state });
		});
		res.send('ok');
	});

	app.use((err, _req, res, _next) => res.status(err.status ?? 500).send('error'));
	return app;
}
