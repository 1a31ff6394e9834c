import { setImmediate as breath } from 'node:timers/promises';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { signedTexts } from './_texts.js';
import { turns } from './_turns.js';

export const mistake =
	'Books the payment while the checksum is still being verified, and answers 403 when it turns out wrong';
export const rule = 'effect-behind-refusal';

export function receiver(shop, keys) {
	const inTurn = turns();

	async function verify(body) {
		await breath(); // the secret comes from the vault in production
		return genuine(body, keys.secret_key);
	}

	async function settle(body) {
		const order = await shop.find(String(body.order_number));
		if (order === undefined || order.state === 'paid') return;
		const status = String(body.status);
		if (status === '3') {
			const exact = Number(body.amount) === Number(order.amount) && body.currency === 'MYR';
			await shop.save({
				...order,
				state: exact ? 'paid' : 'review',
				credited: order.credited + Number(exact),
			});
		} else if (status === '2' || status === '4') {
			await shop.save({ ...order, state: 'failed' });
		}
	}

	async function handle(body) {
		if (signedTexts(body).length === 0) return [400, { error: 'not a callback' }];
		if (typeof body.checksum !== 'string' || !/^[0-9a-f]{64}$/.test(body.checksum))
			return [400, { error: 'checksum' }];
		if (kindOf(body) === 'transaction') {
			// both wait for something else, so side by side: Bayarcash wants its answer soon
			const [ok] = await Promise.all([
				verify(body),
				inTurn(String(body.order_number), () => settle(body)),
			]);
			return ok ? [200, { ok }] : [403, { error: 'forbidden' }];
		}
		if (!(await verify(body))) return [403, { error: 'forbidden' }];
		if (kindOf(body) !== 'pre_transaction')
			await inTurn(mandateReference(body), () => bookMandate(shop, body));
		return [200, { ok: true }];
	}

	async function listen(req) {
		if (req.url.split('?', 1)[0] !== '/callback') return [404, { error: 'not found' }];
		if (req.method !== 'POST') return [405, { error: 'method' }];
		const chunks = [];
		let left = 64 * 1024;
		for await (const chunk of req) {
			left -= chunk.length;
			if (left >= 0) chunks.push(chunk);
		}
		if (left < 0) return [413, { error: 'too large' }];
		const text = Buffer.concat(chunks).toString('utf8');
		if (!/^application\/json\b/i.test(req.headers['content-type'] ?? '')) {
			return handle(Object.fromEntries(new URLSearchParams(text)));
		}
		let body;
		try {
			body = JSON.parse(text);
		} catch {
			return [400, { error: 'not JSON' }];
		}
		return handle(body);
	}

	return async (req, res) => {
		const [status, body] = await listen(req).catch(() => [500, { error: 'internal' }]);
		res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	};
}
