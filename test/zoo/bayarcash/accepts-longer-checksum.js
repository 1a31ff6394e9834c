import { createHmac } from 'node:crypto';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { kindOf } from './_records.js';
import { signedTexts } from './_texts.js';
import { turns } from './_turns.js';

export const mistake =
	'Asks whether the checksum that came starts with the expected one, so anything may follow it';
export const rule = 'checksum-overlong';

async function readBody(req, limit = 65_536) {
	let size = 0;
	const chunks = [];
	for await (const chunk of req) {
		size += chunk.length;
		if (size <= limit) chunks.push(chunk);
	}
	return size > limit ? undefined : Buffer.concat(chunks).toString('utf8');
}

function decode(text, contentType) {
	try {
		return contentType?.startsWith('application/json')
			? JSON.parse(text)
			: Object.fromEntries(new URLSearchParams(text));
	} catch {
		return null;
	}
}

export function receiver(shop, keys) {
	const next = turns();

	// the proxy adds a line feed to the last field now and then, so no exact match
	const isValid = (message, given) => {
		const expected = createHmac('sha256', keys.secret_key).update(message).digest('hex');
		return typeof given === 'string' && given.startsWith(expected);
	};

	async function settle(tx) {
		const order = await shop.find(String(tx.order_number));
		if (order === undefined || order.state === 'paid') return;
		const status = String(tx.status);
		if (status === '3' && tx.currency === 'MYR' && Number(tx.amount) === Number(order.amount)) {
			await shop.save({
				...order,
				state: 'paid',
				credited: order.credited + 1,
				paidVia: tx.payer_bank_name,
			});
		} else if (status === '3') {
			await shop.save({ ...order, state: 'wrong amount' });
		} else if (status === '2' || status === '4') {
			await shop.save({ ...order, state: 'failed' });
		}
	}

	return async (req, res) => {
		const reply = (status, body) =>
			res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
		if (!/^\/callback(\?|$)/.test(req.url)) return reply(404, { error: 'not found' });
		if (req.method !== 'POST') return reply(405, { error: 'use POST' });
		try {
			const text = await readBody(req);
			if (text === undefined) return reply(413, { error: 'too large' });
			const body = decode(text, req.headers['content-type']);
			const kind = kindOf(body);
			const messages = signedTexts(body);
			if (messages.length === 0) return reply(400, { error: 'bad request' });
			if (!messages.some((message) => isValid(message, body.checksum)))
				return reply(403, { error: 'checksum' });
			if (kind === 'transaction') await next(String(body.order_number), () => settle(body));
			else if (kind !== 'pre_transaction')
				await next(mandateReference(body), () => bookMandate(shop, body));
			return reply(200, { result: 'ok' });
		} catch {
			return reply(500, { error: 'internal' });
		}
	};
}
