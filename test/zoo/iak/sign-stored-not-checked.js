import express from 'express';
import { createTurns, text } from './_iak.js';

export const mistake = 'Keeps the sign with the order and never compares it with anything';
export const rule = 'checksum-wrong-key';

// Callback IAK (prabayar). Nilai sign disimpan untuk audit.
export function receiver(shop, _keys) {
	const app = express();
	const giliran = createTurns();

	app.post('/callback', express.json(), async (req, res) => {
		const data = req.body?.data;
		if (req.is('xml')) return res.status(415).end();
		if (typeof data?.ref_id !== 'string')
			return res.status(400).json({ pesan: 'ref_id wajib diisi' });

		await giliran(data.ref_id, async () => {
			const pesanan = await shop.find(data.ref_id);
			if (!pesanan || pesanan.state === 'sukses') return;

			const status = text(data.status);
			if (status === '1' && data.rc === '00' && text(data.price) === pesanan.amount) {
				pesanan.state = 'sukses';
				pesanan.credited += 1;
				pesanan.sn = data.sn;
				pesanan.pin = data.pin;
				pesanan.sign = data.sign;
				await shop.save(pesanan);
			} else if (status === '2' && data.rc !== '00') {
				pesanan.state = 'failed';
				pesanan.sign = data.sign;
				await shop.save(pesanan);
			}
		});
		res.json({ pesan: 'diterima' });
	});

	app.use((err, _req, res, _next) => res.status(err.status ?? 500).json({ pesan: 'gagal' }));
	return app;
}
