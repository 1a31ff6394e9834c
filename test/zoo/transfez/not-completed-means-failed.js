import express from 'express';
import { digestGuard } from './_digest.js';

export const mistake =
	'Books every state other than completed as failed, also those of a transfer still under way';
export const rule = 'pending-not-failure';

const STATES = 'created confirmed submitted canceled cancelled completed declined refunded'.split(
	' ',
);

export function receiver(shop, keys) {
	const { challenge, passes } = digestGuard(keys, { realm: 'toko' });
	const antre = new Map();

	const terima = async (tx) => {
		const order = await shop.find(tx.reference_id);
		const state = typeof tx.state === 'string' ? tx.state.toLowerCase() : '';
		if (!order || !STATES.includes(state)) return;
		if (state === 'refunded') {
			order.state = 'refunded';
		} else if (order.state === 'sukses' || order.state === 'refunded') {
			return;
		} else if (state === 'completed') {
			// jumlah harus sama dengan pesanan
			if (Number(tx.amount) !== Number(order.amount)) return;
			order.state = 'sukses';
			order.credited += 1;
			order.account = tx.beneficiary?.account;
		} else {
			order.state = 'failed';
		}
		await shop.save(order);
	};

	const app = express();
	app.post('/callback', express.json({ type: () => true }), async (req, res) => {
		if (!passes(req)) return res.status(401).header('WWW-Authenticate', challenge()).end();
		const isi = req.body?.data ?? req.body;
		const tx = Array.isArray(isi) ? isi[0] : isi;
		if (typeof tx?.reference_id !== 'string' || Array.isArray(req.body))
			return res.status(400).end();
		const giliran = (antre.get(tx.reference_id) ?? Promise.resolve()).then(() => terima(tx));
		antre.set(tx.reference_id, giliran);
		await giliran;
		res.status(200).end();
	});
	app.use((err, _req, res, _next) => res.status(err.status ?? 500).end());
	return app;
}
