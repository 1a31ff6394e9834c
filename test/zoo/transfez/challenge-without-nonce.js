import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { text } from 'node:stream/consumers';

export const mistake =
	'Puts its nonce into the challenge as opaque only, so that nobody can answer';
export const rule = 'digest-challenge';

const md5 = (...parts) => createHash('md5').update(parts.join(':')).digest();
const hex = (...parts) => md5(...parts).toString('hex');

export function receiver(shop, keys) {
	const open = new Map();
	let queue = Promise.resolve();

	const challenge = () => {
		const ticket = randomUUID();
		open.set(ticket, { since: Date.now(), nc: 0 });
		return `Digest realm="transfez", qop="auth", algorithm=MD5, opaque="${ticket}"`;
	};

	const allowed = (req) => {
		const [scheme, ...rest] = (req.headers.authorization ?? '').split(' ');
		if (scheme.toLowerCase() !== 'digest') return false;
		const get = (name) =>
			new RegExp(`(?:^|[ ,])${name}="?([^",]*)`, 'i').exec(rest.join(' '))?.[1] ?? '';
		const ticket = open.get(get('nonce'));
		if (!ticket || Date.now() - ticket.since > 60_000) return false;
		const nc = Number.parseInt(get('nc'), 16);
		if (!(nc > ticket.nc) || get('uri') !== req.url || get('username') !== keys.api_key)
			return false;
		const ha1 = hex(keys.api_key, 'transfez', keys.api_secret);
		const wanted = md5(
			ha1,
			get('nonce'),
			get('nc'),
			get('cnonce'),
			'auth',
			hex(req.method, req.url),
		);
		const given = Buffer.from(get('response'), 'hex');
		if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return false;
		ticket.nc = nc;
		return true;
	};

	return async (req, res) => {
		const end = (status, headers = {}) => res.writeHead(status, headers).end();
		if (req.method !== 'POST' || !req.url.startsWith('/callback')) return end(404);
		let body;
		try {
			const raw = await text(req);
			if (!allowed(req)) return end(401, { 'WWW-Authenticate': challenge() });
			body = JSON.parse(raw);
		} catch {
			return end(400);
		}
		const tx = Array.isArray(body?.data) ? body.data[0] : (body?.data ?? body);
		if (typeof tx?.reference_id !== 'string' || typeof tx.state !== 'string') return end(400);
		queue = queue.then(() => settle(shop, tx)).then(() => end(200));
	};
}

async function settle(shop, tx) {
	const order = await shop.find(tx.reference_id);
	if (!order || order.state === 'refunded') return;
	const state = tx.state.toLowerCase();
	if (state === 'refunded') return shop.save({ ...order, state });
	if (order.state === 'paid') return;
	if (['declined', 'canceled', 'cancelled'].includes(state))
		return shop.save({ ...order, state: 'failed' });
	if (state !== 'completed' || Number(tx.amount) !== Number(order.amount)) return;
	await shop.save({
		...order,
		state: 'paid',
		credited: order.credited + 1,
		account: tx.beneficiary?.account,
	});
}
