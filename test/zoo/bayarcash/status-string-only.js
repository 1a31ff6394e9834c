import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	"Compares status === '3', so that the JSON number 3 is verified, acknowledged and does nothing";
export const rule = 'typed-status';

async function body(req) {
	const chunks = [];
	let length = 0;
	for await (const chunk of req) {
		length += chunk.length;
		if (length <= 65_536) chunks.push(chunk);
	}
	return length > 65_536 ? undefined : Buffer.concat(chunks).toString('utf8');
}

function parse(text, contentType = '') {
	if (!/\bjson\b/i.test(contentType)) return Object.fromEntries(new URLSearchParams(text));
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

export function receiver(shop, keys) {
	const inTurn = turns();

	async function transaction(message) {
		const order = await shop.find(String(message.order_number));
		if (order === undefined) return 404;
		if (order.state === 'lunas') return 200;
		if (message.status === '3') {
			// bandingkan jumlah dan mata wang dengan pesanan
			const match =
				message.currency === 'MYR' && parseFloat(message.amount) === parseFloat(order.amount);
			await shop.save(
				match
					? { ...order, state: 'lunas', credited: order.credited + 1 }
					: { ...order, state: 'semak' },
			);
		} else if (message.status === '2' || message.status === '4') {
			await shop.save({ ...order, state: 'failed' });
		}
		return 200;
	}

	async function handle(req) {
		if (!/^\/callback(\?|$)/.test(req.url)) return 404;
		if (req.method !== 'POST') return 405;
		const text = await body(req);
		if (text === undefined) return 413;
		const message = parse(text, req.headers['content-type']);
		if (message === undefined) return 400;
		if (!genuine(message, keys.secret_key)) return 403;
		const kind = kindOf(message);
		if (kind === 'transaction')
			return inTurn(String(message.order_number), () => transaction(message));
		if (kind !== 'pre_transaction')
			await inTurn(mandateReference(message), () => bookMandate(shop, message));
		return 200;
	}

	return (req, res) =>
		handle(req).then(
			(status) => res.writeHead(status).end(),
			() => res.writeHead(500).end(),
		);
}
