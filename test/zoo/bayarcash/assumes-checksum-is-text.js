import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { kindOf } from './_records.js';
import { signedTexts } from './_texts.js';
import { turns } from './_turns.js';

export const mistake =
	'Takes the checksum for a text once it is there: an array (`checksum[]=`), true or {} ends in a 500';
export const rule = 'checksum-wrong-type';

export function receiver(shop, keys) {
	const app = express();
	const waiting = turns();
	app.use(express.json(), express.urlencoded({ extended: true }));

	const checksumOf = (text) => createHmac('sha256', keys.secret_key).update(text).digest();

	app.post('/callback', async (req, res) => {
		const data = req.body;
		if (!data?.checksum) return res.status(400).json({ message: 'Checksum diperlukan' });
		if (!data.checksum.match(/^[0-9a-f]{64}$/))
			return res.status(400).json({ message: 'Checksum tidak sah' });
		const kind = kindOf(data);
		const given = Buffer.from(data.checksum, 'hex');
		if (!signedTexts(data).some((text) => timingSafeEqual(checksumOf(text), given))) {
			return res.status(403).json({ message: 'Checksum tidak sepadan' });
		}
		if (kind === 'transaction') await waiting(String(data.order_number), () => kemaskini(data));
		else if (kind !== 'pre_transaction')
			await waiting(mandateReference(data), () => bookMandate(shop, data));
		res.json({ message: 'Berjaya' });
	});

	// pesanan yang sudah dibayar tidak diubah lagi
	async function kemaskini(data) {
		const order = await shop.find(String(data.order_number));
		if (!order || order.state === 'dibayar') return;
		if (['2', '4'].includes(String(data.status))) {
			await shop.save({ ...order, state: 'failed', sebab: String(data.status_description ?? '') });
		} else if (String(data.status) === '3') {
			const betul = data.currency === 'MYR' && Number(data.amount) === Number(order.amount);
			if (betul) await shop.save({ ...order, state: 'dibayar', credited: order.credited + 1 });
			else await shop.save({ ...order, state: 'semakan' });
		}
	}

	app.use((err, _req, res, _next) => {
		if (err.status >= 400 && err.status < 500)
			return res.status(err.status).json({ message: 'Permintaan tidak sah' });
		return res.status(500).json({ message: 'Ralat pelayan' });
	});
	return app;
}
