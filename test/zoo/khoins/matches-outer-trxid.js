import { createQueue } from './_queue.js';
import { createTopups } from './_topups.js';

export const mistake =
	'Looks the order up by the trxid beside the message, where KHOINS puts the reference into refid';
export const rule = 'success-takes-effect';

const MAX = 100_000;

export function receiver(shop) {
	const antre = createQueue();
	const topups = createTopups(shop);

	async function proses(trxid, hasil) {
		const pesanan = await shop.find(trxid);
		if (!pesanan) return; // bukan pesanan kita
		const status = typeof hasil.status === 'string' ? hasil.status.toLowerCase() : '';
		const teks = typeof hasil.message === 'string' ? hasil.message : '';
		if (status === 'success' && pesanan.state !== 'lunas') {
			const sn = /SN: (.+)\. Saldo:/s.exec(teks)?.[1];
			await shop.save({ ...pesanan, state: 'lunas', credited: pesanan.credited + 1, sn });
		} else if (status === 'gagal' && !['lunas', 'failed'].includes(pesanan.state)) {
			await shop.save({ ...pesanan, state: 'failed', alasan: teks });
		}
	}

	return async (req, res) => {
		const balas = (kode, isi) =>
			res.writeHead(kode, { 'content-type': 'application/json' }).end(JSON.stringify(isi));
		if (req.url !== '/callback') return balas(404, { pesan: 'tidak ada' });
		if (req.method !== 'POST') return balas(405, { pesan: 'pakai POST' });

		const teks = await baca(req).catch(() => undefined);
		if (teks === undefined) return balas(413, { pesan: 'terlalu besar' });
		const data = urai(teks);
		if (typeof data?.message !== 'string') return balas(400, { pesan: 'JSON tidak valid' });
		// JSON di dalam JSON; kalau rusak, status dicek lewat riwayat transaksi
		const hasil = urai(data.message) ?? { status: '', message: '' };

		if (topups.concerns(data)) await topups.book(data, hasil);
		else await antre(data.trxid, () => proses(data.trxid, hasil));
		return balas(200, { pesan: 'diterima' });
	};
}

async function baca(req) {
	const potongan = [];
	let besar = 0;
	for await (const bagian of req) {
		besar += bagian.length;
		if (besar <= MAX) potongan.push(bagian);
	}
	return besar > MAX
		? undefined
		: Buffer.concat(potongan)
				.toString('utf8')
				.replace(/^\uFEFF/, '');
}

function urai(teks) {
	try {
		const nilai = typeof teks === 'string' ? JSON.parse(teks) : null;
		return nilai && typeof nilai === 'object' && !Array.isArray(nilai) ? nilai : undefined;
	} catch {
		return undefined;
	}
}
