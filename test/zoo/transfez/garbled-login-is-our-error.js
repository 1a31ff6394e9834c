import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { buffer } from 'node:stream/consumers';

export const mistake =
	'Takes the Digest answer apart as if it were always well formed: a garbled one ends in a 500';
export const rule = 'digest-malformed';

const md5 = (text) => createHash('md5').update(text).digest('hex');

export function receiver(shop, keys) {
	const nonces = new Map();
	const chain = {};

	function verify(req) {
		const header = req.headers.authorization;
		if (!/^digest /i.test(header ?? '')) return false;
		const quoted = (name) => header.match(new RegExp(`\\b${name}="([^"]*)"`))[1];
		const nc = header.match(/\bnc=([0-9a-f]{8})/)[1];
		const nonce = quoted('nonce');
		if (quoted('username') !== keys.api_key || quoted('uri') !== req.url) return false;
		const entry = nonces.get(nonce);
		if (!entry || entry.used.has(nc) || entry.at < Date.now() - 60_000) return false;
		const ha1 = md5(`${keys.api_key}:transfez:${keys.api_secret}`);
		const good = md5(
			`${ha1}:${nonce}:${nc}:${quoted('cnonce')}:auth:${md5(`${req.method}:${req.url}`)}`,
		);
		const response = quoted('response');
		if (
			response.length !== 32 ||
			!timingSafeEqual(Buffer.from(md5(response)), Buffer.from(md5(good)))
		)
			return false;
		entry.used.add(nc);
		return true;
	}

	async function callback(req) {
		const bytes = await buffer(req);
		if (!verify(req)) {
			const nonce = randomUUID();
			nonces.set(nonce, { at: Date.now(), used: new Set() });
			return [
				401,
				{
					'WWW-Authenticate': `Digest realm="transfez", nonce="${nonce}", algorithm=MD5, qop="auth"`,
				},
			];
		}
		const tx = read(bytes);
		if (!tx) return [400];
		const key = `order ${tx.reference_id}`;
		chain[key] = Promise.resolve(chain[key]).then(() => apply(shop, tx));
		return [await chain[key]];
	}

	return async (req, res) => {
		if (req.method !== 'POST' || !/^\/callback(\?|$)/.test(req.url))
			return res.writeHead(404).end();
		try {
			const [status, headers] = await callback(req);
			res.writeHead(status, headers).end();
		} catch {
			res.writeHead(500).end('internal error');
		}
	};
}

function read(bytes) {
	try {
		const body = JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
		const tx = [body.data ?? body].flat()[0];
		if (Array.isArray(body) || typeof tx.reference_id !== 'string' || typeof tx.state !== 'string')
			return undefined;
		return tx;
	} catch {
		return undefined;
	}
}

async function apply(shop, tx) {
	const order = await shop.find(tx.reference_id);
	if (!order) return 404;
	const state = tx.state.toLowerCase();
	const settled = order.state === 'sent' || order.state === 'refunded';
	if (state === 'completed' && !settled && Number(tx.amount) === Number(order.amount)) {
		await shop.save({
			...order,
			state: 'sent',
			credited: order.credited + 1,
			account: tx.beneficiary?.account,
		});
	}
	if (['declined', 'canceled', 'cancelled'].includes(state) && !settled)
		await shop.save({ ...order, state: 'failed' });
	if (state === 'refunded') await shop.save({ ...order, state: 'refunded' });
	return 200;
}
