import express from 'express';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake =
	'Insists on code and hp; the V2 callback calls them product_code and customer_id';
export const rule = 'names-v2';

const WAJIB = ['status', 'code', 'hp', 'price', 'rc'];

export function receiver(shop, keys) {
	const app = express();
	const antri = createTurns();

	app.use('/callback', express.json());
	app.post('/callback', async (req, res) => {
		if (req.is('xml')) return res.status(415).send();
		const data = req.body?.data;
		if (typeof data !== 'object' || data === null) return res.status(400).send('data?');
		if (!signMatches(data.sign, keys, data.ref_id)) return res.status(403).send('sign salah');
		const kurang = WAJIB.filter((nama) => text(data[nama]) === '');
		if (kurang.length > 0) return res.status(400).send(`kurang: ${kurang.join(', ')}`);

		await antri(data.ref_id, async () => {
			const trx = await shop.find(data.ref_id);
			if (trx === undefined) return;
			if (trx.state === 'berhasil') return;
			if (text(data.status) === '1' && data.rc === '00') {
				if (text(data.price) !== trx.amount) return; // harga beda, cek manual
				await shop.save({
					...trx,
					state: 'berhasil',
					credited: trx.credited + 1,
					produk: data.code,
					tujuan: data.hp,
					sn: data.sn,
					pin: data.pin,
				});
			} else if (text(data.status) === '2' && data.rc !== '00') {
				await shop.save({ ...trx, state: 'failed' });
			}
		});
		res.send('ok');
	});

	app.use((galat, _req, res, _next) => res.status(galat.status ?? 500).send('galat'));
	return app;
}
