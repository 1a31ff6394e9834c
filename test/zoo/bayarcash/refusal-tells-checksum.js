import { createHmac, timingSafeEqual } from 'node:crypto';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { kindOf } from './_records.js';
import { signedTexts } from './_texts.js';
import { turns } from './_turns.js';

export const mistake =
	'Says in its refusal which checksum it had expected, so that the next forgery can carry it';
export const rule = 'refusal-expected-signature';

export function receiver(shop, keys) {
	const queue = turns();

	function verify(body) {
		const signatures = signedTexts(body).map((text) =>
			createHmac('sha256', keys.secret_key).update(text).digest('hex'),
		);
		const given = typeof body?.checksum === 'string' ? Buffer.from(body.checksum) : Buffer.alloc(0);
		const ok = signatures.some(
			(signature) =>
				signature.length === given.length && timingSafeEqual(Buffer.from(signature), given),
		);
		return { ok, expected: signatures[0] };
	}

	async function settle(body) {
		const order = await shop.find(String(body.order_number));
		if (order === undefined) return false;
		const failed = ['2', '4'].includes(String(body.status));
		const succeeded = String(body.status) === '3';
		if (order.state === 'paid' || !(failed || succeeded)) return true;
		if (failed) order.state = 'failed';
		else if (body.currency !== 'MYR' || Number(body.amount) !== Number(order.amount))
			order.state = 'review';
		else {
			order.state = 'paid';
			order.credited += 1;
		}
		await shop.save(order);
		return true;
	}

	async function handle(body, json) {
		const { ok, expected } = verify(body);
		if (expected === undefined) return json(400, { error: 'not a Bayarcash callback' });
		// saves a lot of guessing when the integration does not work
		if (!ok) return json(401, { error: 'checksum mismatch', expected });
		const kind = kindOf(body);
		if (kind === 'transaction') {
			const known = await queue(String(body.order_number), () => settle(body));
			return known ? json(200, { ok: true }) : json(404, { error: 'no such order' });
		}
		if (kind !== 'pre_transaction')
			await queue(mandateReference(body), () => bookMandate(shop, body));
		return json(200, { ok: true });
	}

	return (req, res) => {
		const json = (status, data) => {
			if (!res.headersSent)
				res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(data));
		};
		if (!/^\/callback(\?|$)/.test(req.url)) return json(404, { error: 'not found' });
		if (req.method !== 'POST') return json(405, { error: 'POST only' });
		const chunks = [];
		let size = 0;
		req.on('data', (chunk) => {
			size += chunk.length;
			if (size < 65_536) chunks.push(chunk);
		});
		req.on('end', () => {
			if (size >= 65_536) return json(413, { error: 'too large' });
			const text = Buffer.concat(chunks).toString();
			let body;
			try {
				const isJson = /json/i.test(req.headers['content-type']);
				body = isJson ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text));
			} catch {
				return json(400, { error: 'invalid JSON' });
			}
			handle(body, json).catch(() => json(500, { error: 'internal' }));
		});
	};
}
