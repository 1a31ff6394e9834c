import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export const mistake =
	'Computes the Digest with the uri that the answer names and never compares it with the request';
export const rule = 'digest-uri';

const MAX = 128 * 1024;
const TANTANGAN = 'Digest realm="transfez", qop="auth", algorithm=SHA-256';
const FAILURES = ['declined', 'canceled', 'cancelled', 'rejected'];

export function receiver(shop, { api_key, api_secret }) {
	const live = new Map(); // nonce -> nc terakhir
	const antrean = new Map();

	function checkLogin({ headers, method }) {
		const m = /^Digest (.+)$/i.exec(headers.authorization ?? '');
		if (!m) return false;
		const f = {};
		for (const [, k, a, b] of m[1].matchAll(/(\w+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s,]+))/g))
			f[k.toLowerCase()] = a ?? b;
		if (f.username !== api_key || f.realm !== 'transfez' || f.qop !== 'auth' || !f.uri || !f.cnonce)
			return false;
		const nc = /^[0-9a-f]{8}$/.test(f.nc ?? '') ? Number.parseInt(f.nc, 16) : 0;
		if (!(nc > live.get(f.nonce))) return false;
		const h = (...p) => createHash('sha256').update(p.join(':')).digest('hex');
		const expected = h(
			h(api_key, 'transfez', api_secret),
			f.nonce,
			f.nc,
			f.cnonce,
			f.qop,
			h(method, f.uri),
		);
		const sent = Buffer.alloc(expected.length);
		sent.write(f.response ?? '');
		if (f.response?.length !== expected.length || !timingSafeEqual(sent, Buffer.from(expected)))
			return false;
		live.set(f.nonce, nc);
		return true;
	}

	async function catat(tx) {
		const order = await shop.find(tx.reference_id);
		if (!order) return;
		const state = tx.state.toLowerCase();
		const selesai = ['lunas', 'refunded'].includes(order.state);
		if (state === 'completed' && !selesai) {
			if (Number(tx.amount) !== Number(order.amount))
				return shop.save({ ...order, state: 'review' });
			return shop.save({
				...order,
				state: 'lunas',
				credited: order.credited + 1,
				account: tx.beneficiary?.account,
			});
		}
		if (FAILURES.includes(state) && !selesai) return shop.save({ ...order, state: 'failed' });
		if (state === 'refunded') return shop.save({ ...order, state: 'refunded' });
	}

	return (req, res) => {
		const chunks = [];
		let size = 0;
		const balas = (code, headers = {}) =>
			res.writeHead(code, { 'content-length': 0, ...headers }).end();
		req.on('error', () => {});
		req.on('data', (chunk) => {
			size += chunk.length;
			if (size <= MAX) chunks.push(chunk);
		});
		req.on('end', async () => {
			if (req.method !== 'POST' || req.url.split('?')[0] !== '/callback') return balas(404);
			if (size > MAX) return balas(413);
			if (!checkLogin(req)) {
				const nonce = randomBytes(16).toString('hex');
				live.set(nonce, 0);
				setTimeout(() => live.delete(nonce), 120_000).unref();
				return balas(401, { 'www-authenticate': `${TANTANGAN}, nonce="${nonce}"` });
			}
			let tx;
			try {
				const body = JSON.parse(new TextDecoder().decode(Buffer.concat(chunks)));
				tx = Array.isArray(body.data) ? body.data[0] : (body.data ?? body);
				if (typeof tx.reference_id !== 'string' || typeof tx.state !== 'string')
					throw new TypeError('not a transfer');
			} catch {
				return balas(400);
			}
			const giliran = (antrean.get(tx.reference_id) ?? Promise.resolve()).then(() => catat(tx));
			antrean.set(tx.reference_id, giliran);
			await giliran;
			balas(200);
		});
	};
}
