import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import express from 'express';

export const mistake =
	'Keeps a nonce good for five minutes without counting its uses, so that an answer can be replayed';
export const rule = 'digest-replay';

const REALM = 'Transfez callback';
const FIVE_MINUTES = 5 * 60 * 1000;

const H = (s) => createHash('md5').update(s).digest('hex');

class DigestLogin {
	#nonces = new Map();

	constructor({ api_key, api_secret }) {
		this.user = api_key;
		this.a1 = H(`${api_key}:${REALM}:${api_secret}`);
	}

	ask(res) {
		const nonce = randomBytes(16).toString('hex');
		this.#nonces.set(nonce, Date.now() + FIVE_MINUTES);
		return res
			.status(401)
			.set(
				'WWW-Authenticate',
				`Digest realm="${REALM}", qop="auth", algorithm=MD5, nonce="${nonce}"`,
			);
	}

	ok(req) {
		const header = req.headers.authorization ?? '';
		if (!header.startsWith('Digest ')) return false;
		const v = Object.fromEntries(
			[...header.matchAll(/([a-z]+)=(?:"([^"]*)"|(\w+))/g)].map(([, key, quoted, plain]) => [
				key,
				quoted ?? plain,
			]),
		);
		if (!((this.#nonces.get(v.nonce) ?? 0) > Date.now())) return false;
		if (
			v.username !== this.user ||
			v.uri !== req.originalUrl ||
			v.qop !== 'auth' ||
			v.realm !== REALM
		)
			return false;
		const right = H(
			[this.a1, v.nonce, v.nc, v.cnonce, v.qop, H(`${req.method}:${v.uri}`)].join(':'),
		);
		return (
			v.response?.length === 32 &&
			timingSafeEqual(Buffer.from(H(v.response)), Buffer.from(H(right)))
		);
	}
}

export function receiver(shop, keys) {
	const login = new DigestLogin(keys);
	let last = Promise.resolve();
	const app = express();
	app.use(express.json({ type: () => true }));
	app.post('/callback', async (req, res) => {
		if (!login.ok(req)) return login.ask(res).json({ success: false });
		const tx = Array.isArray(req.body?.data) ? req.body.data[0] : (req.body?.data ?? req.body);
		if (typeof tx?.reference_id !== 'string' || typeof tx.state !== 'string')
			return res.status(400).json({ success: false });
		last = last.then(() => record(shop, tx));
		await last;
		res.json({ success: true });
	});
	app.use((error, _req, res, _next) => res.status(error.status ?? 500).json({ success: false }));
	return app;
}

async function record(shop, tx) {
	const order = await shop.find(tx.reference_id);
	if (!order) return;
	const state = tx.state.toLowerCase();
	if (state === 'refunded') return shop.save({ ...order, state });
	if (order.state === 'refunded' || order.state === 'success') return;
	if (state === 'declined' || state === 'canceled' || state === 'cancelled')
		return shop.save({ ...order, state: 'failed' });
	if (state === 'completed' && Number(tx.amount) === Number(order.amount)) {
		await shop.save({
			...order,
			state: 'success',
			credited: order.credited + 1,
			account: tx.beneficiary?.account,
		});
	}
}
