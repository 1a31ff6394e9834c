import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'A pre_transaction puts the order back to pending even when it is already paid';
export const rule = 'out-of-order';

const LIMIT = 100_000;

export function receiver(shop, keys) {
	const queue = turns();

	// pembayar sedang di halaman bank
	async function onPreTransaction(data) {
		const order = await shop.find(String(data.order_number));
		if (order) await shop.save({ ...order, state: 'pending' });
	}

	async function onTransaction(data) {
		const order = await shop.find(String(data.order_number));
		if (!order || order.paidAt) return;
		switch (String(data.status)) {
			case '3':
				if (data.currency !== 'MYR' || Number(data.amount) !== Number(order.amount))
					order.state = 'review';
				else
					Object.assign(order, {
						state: 'paid',
						credited: order.credited + 1,
						paidAt: data.datetime || 'unknown',
					});
				return shop.save(order);
			case '2':
			case '4':
				return shop.save({ ...order, state: 'failed' });
		}
	}

	return async (req, res) => {
		const answer = (status, text = '') =>
			res.writeHead(status, { 'content-type': 'text/plain' }).end(text);
		if (req.url.split('?')[0] !== '/callback') return answer(404);
		if (req.method !== 'POST') return answer(405);
		try {
			const parts = [];
			let size = 0;
			for await (const part of req) {
				size += part.length;
				if (size <= LIMIT) parts.push(part);
			}
			if (size > LIMIT) return answer(413);
			const data = parse(Buffer.concat(parts).toString(), req.headers['content-type']);
			if (!genuine(data, keys.secret_key)) return answer(401, 'checksum');
			const kind = kindOf(data);
			if (kind === 'pre_transaction')
				await queue(String(data.order_number), () => onPreTransaction(data));
			else if (kind === 'transaction')
				await queue(String(data.order_number), () => onTransaction(data));
			else await queue(mandateReference(data), () => bookMandate(shop, data));
			answer(200, 'OK');
		} catch (error) {
			answer(error instanceof SyntaxError ? 400 : 500);
		}
	};
}

function parse(text, type = '') {
	return type.startsWith('application/json')
		? JSON.parse(text)
		: Object.fromEntries(new URLSearchParams(text));
}
