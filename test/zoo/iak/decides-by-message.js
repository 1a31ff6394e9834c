import express from 'express';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake =
	'Takes every message other than SUCCESS for a failure, that of a top-up still in process included';
export const rule = 'pending-not-failure';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = createTurns();

	app.post('/callback', express.json(), async (req, res) => {
		if (req.is('xml')) return res.status(415).json({ status: 'error', message: 'JSON only' });
		const data = req.body?.data;
		if (typeof data?.ref_id !== 'string')
			return res.status(400).json({ status: 'error', message: 'data.ref_id is missing' });
		if (!signMatches(data.sign, keys, data.ref_id)) {
			return res.status(403).json({ status: 'error', message: 'invalid sign' });
		}

		await inTurn(data.ref_id, async () => {
			const topup = await shop.find(data.ref_id);
			if (!topup || topup.state === 'success') return;
			if (data.message === 'SUCCESS') {
				if (text(data.price) !== topup.amount) return;
				await shop.save({
					...topup,
					state: 'success',
					credited: topup.credited + 1,
					sn: data.sn,
					pin: data.pin,
				});
			} else {
				// saldo pelanggan dikembalikan di halaman admin
				await shop.save({ ...topup, state: 'failed', reason: text(data.message) });
			}
		});
		res.json({ status: 'ok' });
	});

	app.use((err, _req, res, _next) => {
		res.status(err.status ?? 500).json({ status: 'error', message: 'cannot process this request' });
	});
	return app;
}
