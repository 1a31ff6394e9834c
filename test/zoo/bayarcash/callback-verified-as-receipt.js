import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf, SIGNED, signed } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Verifies the callback with the nine fields of the return page, instead of the thirteen of the callback';
export const rule = 'genuine-success';

export function receiver(shop, keys) {
	const perOrder = turns();

	async function payment(cb) {
		const order = await shop.find(String(cb.order_number));
		if (order === undefined) return 404;
		if (order.state === 'lunas') return 200;
		if (String(cb.status) === '3') {
			const sesuai = cb.currency === 'MYR' && Number(cb.amount) === Number(order.amount);
			order.state = sesuai ? 'lunas' : 'perlu dicek';
			if (sesuai) order.credited += 1;
			await shop.save(order);
		} else if (['2', '4'].includes(String(cb.status))) {
			order.state = 'failed';
			await shop.save(order);
		}
		return 200;
	}

	async function dispatch(cb) {
		const kind = kindOf(cb);
		if (kind === 'transaction') {
			// v3: amount, currency, exchange_reference_number … transaction_id
			if (!signed(SIGNED.receipt, cb, keys.secret_key)) return 401;
			return perOrder(String(cb.order_number), () => payment(cb));
		}
		if (!genuine(cb, keys.secret_key)) return 401;
		if (kind === 'pre_transaction') return 200;
		await perOrder(mandateReference(cb), () => bookMandate(shop, cb));
		return 200;
	}

	return async (req, res) => {
		if (req.url.split('?')[0] !== '/callback') return res.writeHead(404).end();
		if (req.method !== 'POST') return res.writeHead(405, { allow: 'POST' }).end();
		try {
			let size = 0;
			const parts = [];
			for await (const part of req) {
				size += part.length;
				if (size <= 65_536) parts.push(part);
			}
			if (size > 65_536) return res.writeHead(413).end();
			res
				.writeHead(
					await dispatch(read(Buffer.concat(parts).toString(), req.headers['content-type'])),
				)
				.end();
		} catch {
			res.writeHead(500).end();
		}
	};
}

/** Form or JSON; whatever cannot be read is no callback, and ends as one without a checksum. */
function read(text, type = '') {
	if (!type.includes('json')) return Object.fromEntries(new URLSearchParams(text));
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
