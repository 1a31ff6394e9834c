import express from 'express';
import { createQueue } from './_queue.js';
import { createTopups } from './_topups.js';

export const mistake =
	'A Gagal that comes in late overwrites the Success before it, and refunds goods that were delivered';
export const rule = 'late-failure';

export function receiver(shop) {
	const app = express();
	const antrean = createQueue();
	const topups = createTopups(shop);

	app.post('/callback', express.raw({ type: () => true, limit: '64kb' }), async (req, res) => {
		const luar = bacaObjek(Buffer.isBuffer(req.body) ? new TextDecoder().decode(req.body) : '');
		if (!luar) return res.status(400).json({ sukses: false });
		const dalam = bacaObjek(luar.message);

		if (topups.concerns(luar)) {
			await topups.book(luar, dalam);
			return res.json({ sukses: true });
		}
		const refid = luar.refid ?? dalam?.trxid;
		if (typeof refid !== 'string' || refid === '') return res.status(400).json({ sukses: false });
		// isi tidak terbaca: admin cek manual
		if (dalam) await antrean(refid, () => perbarui(refid, dalam));
		res.json({ sukses: true });
	});

	async function perbarui(refid, { status, message }) {
		const trx = await shop.find(refid);
		if (!trx || typeof status !== 'string') return;
		switch (status.toLowerCase()) {
			case 'success':
				if (trx.state === 'success') return;
				await shop.save({
					...trx,
					state: 'success',
					credited: trx.credited + 1,
					refunded: 0,
					serial: ambilSn(message),
				});
				return;
			case 'gagal':
				if (trx.state === 'failed') return;
				// saldo pelanggan dikembalikan
				await shop.save({ ...trx, state: 'failed', refunded: (trx.refunded ?? 0) + 1 });
		}
	}

	app.use((err, _req, res, _next) => res.status(err.status ?? 500).json({ sukses: false }));
	return app;
}

function bacaObjek(teks) {
	if (typeof teks !== 'string') return null;
	try {
		const nilai = JSON.parse(teks);
		return typeof nilai === 'object' && !Array.isArray(nilai) ? nilai : null;
	} catch {
		return null;
	}
}

function ambilSn(pesan) {
	const cocok = typeof pesan === 'string' && pesan.match(/SN: (.*)\. Saldo:/s);
	return cocok ? cocok[1] : null;
}
