import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Looks at the first character to tell JSON from a form, and has none where the body is empty: 500';
export const rule = 'body-empty';

const MAX = 64 * 1024;

/** They say JSON and send a form, and the header is not to be trusted either: look at the text itself. */
function parse(text) {
	const [first] = text.match(/./s);
	if (first !== '{') return Object.fromEntries(new URLSearchParams(text));
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

export function receiver(shop, keys) {
	const inTurn = turns();

	async function result(tx) {
		const order = await shop.find(String(tx.order_number));
		if (!order || order.state === 'PAID') return;
		const status = String(tx.status);
		if (status === '3') {
			const ok = tx.currency === 'MYR' && Number(tx.amount) === Number(order.amount);
			order.state = ok ? 'PAID' : 'CHECK';
			if (ok) order.credited += 1;
		} else if (status === '2' || status === '4') {
			order.state = 'FAILED';
		} else {
			return;
		}
		await shop.save(order);
	}

	async function callback(req) {
		if (req.method !== 'POST') return 405;
		if (Number(req.headers['content-length'] ?? 0) > MAX) return 413;
		const chunks = [];
		for await (const chunk of req) chunks.push(chunk);
		const tx = parse(Buffer.concat(chunks).subarray(0, MAX).toString());
		if (tx === null) return 400;
		if (!genuine(tx, keys.secret_key)) return 401;
		const kind = kindOf(tx);
		if (kind === 'transaction') await inTurn(String(tx.order_number), () => result(tx));
		else if (kind !== 'pre_transaction')
			await inTurn(mandateReference(tx), () => bookMandate(shop, tx));
		return 200;
	}

	return async (req, res) => {
		let status = 404;
		try {
			if (req.url.split('?')[0] === '/callback') status = await callback(req);
		} catch {
			status = 500;
		}
		res.writeHead(status, { 'content-type': 'application/json' });
		res.end(status === 200 ? '{"success":true}' : '{"success":false}');
	};
}
