import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import express from 'express';

export const mistake = 'Lets Basic in as well, so that key and secret may travel in the clear';
export const rule = 'digest-basic';

const sha = (text) => createHash('sha256').update(text).digest('hex');
const equal = (a, b) => timingSafeEqual(Buffer.from(sha(a)), Buffer.from(sha(b)));

export function receiver(shop, keys) {
	const nonces = new Map();
	const locks = new Map();

	function login(req) {
		const header = req.get('authorization') ?? '';
		// same credentials as for their API, which takes Basic
		if (/^basic /i.test(header)) {
			return equal(
				Buffer.from(header.slice(6), 'base64').toString(),
				`${keys.api_key}:${keys.api_secret}`,
			);
		}
		if (!/^digest /i.test(header)) return false;
		const p = new Map();
		for (const part of header.slice(7).split(/,\s*/)) {
			const at = part.indexOf('=');
			p.set(part.slice(0, at).trim(), part.slice(at + 1).replace(/^"(.*)"$/, '$1'));
		}
		const seen = nonces.get(p.get('nonce'));
		const nc = Number.parseInt(p.get('nc') ?? '', 16);
		if (!seen || seen.expires < Date.now() || !(nc > seen.nc) || p.get('uri') !== req.originalUrl)
			return false;
		if (p.get('username') !== keys.api_key || p.get('qop') !== 'auth') return false;
		const ha1 = sha(`${keys.api_key}:disbursement:${keys.api_secret}`);
		const ha2 = sha(`${req.method}:${req.originalUrl}`);
		const rest = [p.get('nonce'), p.get('nc'), p.get('cnonce'), 'auth'].join(':');
		if (!equal(p.get('response') ?? '', sha(`${ha1}:${rest}:${ha2}`))) return false;
		seen.nc = nc;
		return true;
	}

	const app = express();
	app.post('/callback', express.json({ type: () => true }), async (req, res) => {
		if (!login(req)) {
			const nonce = randomBytes(20).toString('hex');
			nonces.set(nonce, { nc: 0, expires: Date.now() + 90_000 });
			res.set(
				'WWW-Authenticate',
				`Digest realm="disbursement", nonce="${nonce}", qop="auth", algorithm=SHA-256`,
			);
			return res.status(401).send('unauthorized');
		}
		const transfer = Array.isArray(req.body?.data)
			? req.body.data[0]
			: (req.body?.data ?? req.body);
		if (!transfer || typeof transfer.reference_id !== 'string')
			return res.status(400).send('bad callback');
		const { reference_id: ref } = transfer;
		const mine = (locks.get(ref) ?? Promise.resolve()).then(() => apply(shop, ref, transfer));
		locks.set(ref, mine);
		res.send(await mine);
	});
	app.use((err, _req, res, _next) => res.status(err.status ?? 500).send('unreadable'));
	return app;
}

async function apply(shop, ref, { state, amount, beneficiary }) {
	const order = await shop.find(ref);
	if (!order) return 'no such order';
	const s = typeof state === 'string' ? state.toLowerCase() : '';
	const over = order.state === 'paid' || order.state === 'refunded';
	if (s === 'completed' && !over && Number(amount) === Number(order.amount)) {
		await shop.save({
			...order,
			state: 'paid',
			credited: order.credited + 1,
			account: beneficiary?.account,
		});
	}
	if (/^(declined|cancell?ed)$/.test(s) && !over) await shop.save({ ...order, state: 'failed' });
	if (s === 'refunded') await shop.save({ ...order, state: 'refunded' });
	return 'ok';
}
