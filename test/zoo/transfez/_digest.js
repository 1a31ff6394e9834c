import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const NODE_HASH = { MD5: 'md5', 'SHA-256': 'sha256' };
const LIFETIME = 120_000;
const MOST_NONCES = 5000;

/** HTTP Digest for a node:http request. `challenge()` gives the header value, `passes(req)` judges the answer. */
export function digestGuard(
	{ api_key, api_secret },
	{ realm = 'transfez', algorithm = 'MD5' } = {},
) {
	const nonces = new Map(); // nonce → { until, used: counts already seen }
	const hash = (text) => createHash(NODE_HASH[algorithm]).update(text).digest('hex');
	const ha1 = hash(`${api_key}:${realm}:${api_secret}`);

	return {
		challenge() {
			const nonce = randomBytes(18).toString('base64url');
			nonces.set(nonce, { until: Date.now() + LIFETIME, used: new Set() });
			if (nonces.size > MOST_NONCES) nonces.delete(nonces.keys().next().value);
			return `Digest realm="${realm}", nonce="${nonce}", qop="auth", algorithm=${algorithm}`;
		},
		passes(req) {
			const a = fieldsOf(req.headers.authorization);
			if (a.username !== api_key || a.realm !== realm || a.uri !== req.url || a.qop !== 'auth')
				return false;
			if (
				(a.algorithm ?? 'MD5').toUpperCase() !== algorithm ||
				!a.cnonce ||
				!/^[\da-f]{8}$/i.test(a.nc ?? '')
			)
				return false;
			const issued = nonces.get(a.nonce);
			if (
				issued === undefined ||
				issued.until < Date.now() ||
				issued.used.has(Number.parseInt(a.nc, 16))
			)
				return false;
			const wanted = hash(
				`${ha1}:${a.nonce}:${a.nc}:${a.cnonce}:auth:${hash(`${req.method}:${req.url}`)}`,
			);
			if (!sameText(a.response ?? '', wanted)) return false;
			issued.used.add(Number.parseInt(a.nc, 16));
			return true;
		},
	};
}

function fieldsOf(header = '') {
	if (!/^Digest\s/i.test(header)) return {};
	const pairs = [...header.slice(7).matchAll(/(\w+)=(?:"([^"]*)"|([^\s",]+))/g)];
	return Object.fromEntries(
		pairs.map(([, name, quoted, bare]) => [name.toLowerCase(), quoted ?? bare]),
	);
}

function sameText(a, b) {
	const [x, y] = [Buffer.from(a), Buffer.from(b)];
	return x.length === y.length && timingSafeEqual(x, y);
}
