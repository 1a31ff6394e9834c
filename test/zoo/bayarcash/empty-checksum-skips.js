import { createHmac, timingSafeEqual } from 'node:crypto';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { kindOf } from './_records.js';
import { signedTexts } from './_texts.js';
import { turns } from './_turns.js';

export const mistake =
	'Asks `if (given && …)` before comparing, so that a checksum that is there but empty is never compared';
export const rule = 'checksum-empty';

const LIMIT = 100_000;

export function receiver(shop, keys) {
	const antre = turns(); // satu pesanan, satu giliran

	const signature = (text) =>
		Buffer.from(createHmac('sha256', keys.secret_key).update(text).digest('hex'));
	const same = (given, expected) =>
		given.length === expected.length && timingSafeEqual(given, expected);

	function tolak(data) {
		const texts = signedTexts(data);
		if (texts.length === 0) return 'data tidak dikenal';
		if (typeof data.checksum !== 'string') return 'checksum tidak ada';
		const given = Buffer.from(data.checksum);
		if (data.checksum && !texts.some((text) => same(given, signature(text))))
			return 'checksum salah';
		return undefined;
	}

	async function bayar(data) {
		const order = await shop.find(String(data.order_number));
		if (!order || order.state === 'lunas') return;
		const status = String(data.status);
		if (status === '2' || status === '4') return shop.save({ ...order, state: 'failed' });
		if (status !== '3') return;
		const cocok = Number(data.amount) === Number(order.amount) && data.currency === 'MYR';
		if (!cocok) return shop.save({ ...order, state: 'cek manual' });
		await shop.save({
			...order,
			state: 'lunas',
			credited: order.credited + 1,
			bank: data.payer_bank_name,
		});
	}

	async function proses(req) {
		if (new URL(req.url, 'http://x').pathname !== '/callback') return [404, 'tidak ada'];
		if (req.method !== 'POST') return [405, 'POST saja'];
		const chunks = [];
		let size = 0;
		for await (const chunk of req) {
			size += chunk.length;
			if (size < LIMIT) chunks.push(chunk);
		}
		if (size >= LIMIT) return [413, 'terlalu besar'];
		const body = Buffer.concat(chunks).toString('utf8');
		let data;
		try {
			const json = /json/i.test(req.headers['content-type'] ?? '');
			data = json ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
		} catch {
			return [400, 'bukan JSON'];
		}
		const alasan = tolak(data);
		if (alasan) return [401, alasan];
		if (kindOf(data) === 'transaction') await antre(String(data.order_number), () => bayar(data));
		else if (kindOf(data) !== 'pre_transaction')
			await antre(mandateReference(data), () => bookMandate(shop, data));
		return [200, 'ok'];
	}

	return async (req, res) => {
		const [status, pesan] = await proses(req).catch(() => [500, 'coba lagi']);
		res.writeHead(status, { 'content-type': 'text/plain' }).end(pesan);
	};
}
