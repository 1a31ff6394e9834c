import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Compares the whole Content-Type header, so that "; charset=utf-8" behind it is answered 415';
export const rule = 'content-type-charset';

const parsers = new Map([
	['application/x-www-form-urlencoded', (text) => Object.fromEntries(new URLSearchParams(text))],
	['application/json', JSON.parse],
]);

class Refused extends Error {
	constructor(status, message) {
		super(message);
		this.status = status;
	}
}

export function receiver(shop, keys) {
	const inTurn = turns();

	async function read(req) {
		const parse = parsers.get(req.headers['content-type']);
		if (parse === undefined) throw new Refused(415, 'form or JSON, please');
		const chunks = [];
		let size = 0;
		for await (const chunk of req) {
			size += chunk.length;
			if (size < 131_072) chunks.push(chunk);
		}
		if (size >= 131_072) throw new Refused(413, 'too large');
		try {
			return parse(Buffer.concat(chunks).toString('utf8'));
		} catch {
			throw new Refused(400, 'malformed');
		}
	}

	async function settle(body) {
		const order = await shop.find(String(body.order_number));
		if (order === undefined) throw new Refused(404, 'unknown order');
		if (order.state === 'paid') return;
		switch (String(body.status)) {
			case '3': {
				const exact = body.currency === 'MYR' && Number(body.amount) === Number(order.amount);
				await shop.save({
					...order,
					state: exact ? 'paid' : 'review',
					credited: order.credited + Number(exact),
				});
				break;
			}
			case '2':
			case '4':
				await shop.save({
					...order,
					state: 'failed',
					reason: String(body.status_description ?? ''),
				});
		}
	}

	return async (req, res) => {
		try {
			if (req.url.replace(/\?.*/, '') !== '/callback') throw new Refused(404, 'not here');
			if (req.method !== 'POST') throw new Refused(405, 'POST only');
			const body = await read(req);
			if (!genuine(body, keys.secret_key)) throw new Refused(403, 'checksum');
			const kind = kindOf(body);
			if (kind === 'transaction') await inTurn(String(body.order_number), () => settle(body));
			else if (kind !== 'pre_transaction')
				await inTurn(mandateReference(body), () => bookMandate(shop, body));
			res.end('ok');
		} catch (error) {
			res.statusCode = error.status ?? 500;
			res.end(error.status ? error.message : '');
		}
	};
}
