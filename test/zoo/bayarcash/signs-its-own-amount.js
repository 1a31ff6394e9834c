import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf, SIGNED, signed } from './_records.js';
import { signedTexts } from './_texts.js';
import { turns } from './_turns.js';

export const mistake =
	'Verifies the checksum with the amount and currency of its own order, and then books those that came, which may be others';
export const rule = 'signed-field-tampered';

export function receiver(shop, keys) {
	const giliran = turns();

	async function bayaran(data) {
		const order = await shop.find(String(data.order_number));
		if (order === undefined) return genuine(data, keys.secret_key) ? 404 : 401;
		// Jika sah dengan jumlah pesanan kita, jumlahnya pasti betul: tak perlu dibandingkan lagi.
		const seperti = { ...data, amount: order.amount, currency: 'MYR' };
		const betul = signed(SIGNED.transaction, seperti, keys.secret_key);
		if (!betul && !genuine(data, keys.secret_key)) return 401;
		if (order.state === 'lunas') return 200;
		const status = String(data.status);
		const cukup = data.currency === 'MYR' && Number(data.amount) === Number(order.amount);
		if (status === '3' && (betul || cukup)) {
			const diterima = `${data.currency} ${data.amount}`;
			await shop.save({ ...order, state: 'lunas', credited: order.credited + 1, diterima });
		} else if (status === '3') {
			await shop.save({ ...order, state: 'semak' });
		} else if (status === '2' || status === '4') {
			await shop.save({ ...order, state: 'failed' });
		}
		return 200;
	}

	async function jawab(data) {
		const kind = kindOf(data);
		if (signedTexts(data).length === 0) return 400;
		if (kind === 'transaction') {
			return giliran(String(data.order_number), () => bayaran(data));
		}
		if (!genuine(data, keys.secret_key)) return 401;
		if (kind !== 'pre_transaction')
			await giliran(mandateReference(data), () => bookMandate(shop, data));
		return 200;
	}

	return async (req, res) => {
		if (!/^\/callback(\?|$)/.test(req.url)) return res.writeHead(404).end();
		if (req.method !== 'POST') return res.writeHead(405).end();
		const chunks = [];
		let size = 0;
		try {
			for await (const chunk of req) {
				size += chunk.length;
				if (size <= 65_536) chunks.push(chunk);
			}
			const text = Buffer.concat(chunks).toString();
			const data = /json/.test(req.headers['content-type'])
				? parse(text)
				: Object.fromEntries(new URLSearchParams(text));
			res.writeHead(size > 65_536 ? 413 : await jawab(data)).end();
		} catch {
			res.writeHead(500).end();
		}
	};
}

function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
