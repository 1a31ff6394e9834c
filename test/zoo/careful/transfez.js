import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** `account` is text: as a number it would lose its leading zeros, and its last digits beyond 2^53. */
export const schema = `create table if not exists orders (reference text primary key, amount text not null,
	state text not null default 'new', credited integer not null default 0, transfer text, account text, reason text)`;

const bodyLimit = 64 * 1024;
const nonceLife = 60_000; // milliseconds: an answer follows its challenge at once
const hashNames = new Map(Object.entries({ 'SHA-256': 'sha256', MD5: 'md5' }));

/**
 * @param db a node-sqlite3-wasm Database with the table above
 * @param keys { api_key, api_secret }
 * @param style `unknown`: the status for an order that is not there; `json`: whether answers have a body
 */
export function receiver(db, keys, style = {}) {
	const door = digestDoor(keys);
	return async (req, res) => {
		const answer = (status, headers = {}) => {
			res.writeHead(
				status,
				style.json ? { 'content-type': 'application/json', ...headers } : headers,
			);
			res.end(style.json ? JSON.stringify({ ok: status === 200 }) : '');
		};
		try {
			if (req.url.split('?')[0] !== '/callback') return answer(404);
			if (req.method !== 'POST') return answer(405, { allow: 'POST' });
			// Read before the login is looked at: both requests of a Digest exchange carry the body.
			const bytes = await read(req);
			if (bytes === undefined) return answer(413);
			const login = door.judge(req);
			if (login !== 'good')
				return answer(401, { 'www-authenticate': door.challenges(login === 'stale') });
			const transfers = transfersIn(bytes);
			if (transfers === undefined) return answer(400);
			answer(book(db, transfers) ? 200 : (style.unknown ?? 404));
		} catch (error) {
			if (req.errored) return; // the sender hung up in the middle: nothing is booked, and nobody listens
			process.emitWarning(error);
			answer(500); // ours, not the sender's: the callback is repeated
		}
	};
}

/** HTTP Digest (RFC 7616). Those who only knock leave nothing behind: a nonce proves itself by its stamp. */
function digestDoor({ api_key, api_secret }) {
	if (!api_key || !api_secret) throw new Error('api_key and api_secret must be set');
	const realm = 'transfez';
	const own = randomBytes(32);
	const stamped = (text) => `${text}.${createHmac('sha256', own).update(text).digest('hex')}`;
	const used = new Map(); // nonce and count of every good answer → when the nonce is too old anyway

	const judge = ({ headers, method, url }) => {
		const {
			username,
			realm: place,
			nonce = '',
			uri,
			...given
		} = digestParameters(headers.authorization);
		const { algorithm = 'MD5', qop, nc = '', cnonce = '', response = '' } = given;
		const hashName = hashNames.get(algorithm.toUpperCase());
		if (username !== api_key || place !== realm || hashName === undefined) return 'bad';
		if (qop !== 'auth' || !/^[0-9a-f]{8}$/i.test(nc) || cnonce === '') return 'bad';
		if (uri !== url) return 'bad'; // or an answer for another page of ours, overheard, would do here
		if (!same(nonce, stamped(nonce.split('.', 2).join('.')))) return 'bad'; // not issued here

		const hash = (...parts) => createHash(hashName).update(parts.join(':')).digest('hex');
		const expected = hash(
			hash(api_key, realm, api_secret),
			nonce,
			nc,
			cnonce,
			qop,
			hash(method, url),
		);
		if (!same(response, expected)) return 'bad';
		// Times and counts come last, or a forger could use up a count that the genuine sender needs.
		const now = Date.now();
		if (now - Number(nonce.split('.')[0]) > nonceLife) return 'stale';
		for (const [old, until] of used) if (until < now) used.delete(old);
		const use = `${nonce} ${nc.toLowerCase()}`;
		if (used.has(use)) return 'bad';
		used.set(use, now + nonceLife);
		return 'good';
	};
	const challenges = (stale) => {
		const nonce = stamped(`${Date.now()}.${randomBytes(12).toString('hex')}`);
		const rest = `realm="${realm}", qop="auth", nonce="${nonce}"${stale ? ', stale=true' : ''}`;
		return [...hashNames.keys()].map((algorithm) => `Digest ${rest}, algorithm=${algorithm}`);
	};
	return { judge, challenges };
}

/** The parameters of an `Authorization: Digest`; none where it is anything else, or names one twice. */
function digestParameters(header = '') {
	const found = new Map();
	if (!/^Digest /i.test(header)) return {};
	for (const [, name, quoted, token] of header.matchAll(
		/(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))/g,
	)) {
		if (found.has(name.toLowerCase())) return {};
		found.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? token);
	}
	return Object.fromEntries(found);
}

function same(a, b) {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}

/** The body, or undefined where it is too large; the rest is read all the same, so that the connection stays usable. */
async function read(req) {
	const chunks = [];
	let size = 0;
	for await (const chunk of req) {
		size += chunk.length;
		if (size <= bodyLimit) chunks.push(chunk);
	}
	return size <= bodyLimit ? Buffer.concat(chunks) : undefined;
}

/** Enveloped as on the page of 2020, `{status, data: [{…}]}`, or bare as since; undefined where it is neither. */
function transfersIn(bytes) {
	try {
		const body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)); // drops a byte order mark
		const transfers = Array.isArray(body) ? [] : [body?.data ?? body].flat();
		const isTransfer = (it) => typeof it?.reference_id === 'string' && typeof it.state === 'string';
		return transfers.length > 0 && transfers.every(isTransfer) ? transfers : undefined;
	} catch {
		return undefined;
	}
}

/** @returns whether all orders were there; where not, nothing is remembered, so that the callback can be repeated */
function book(db, transfers) {
	db.exec('begin immediate');
	try {
		const found = transfers.map((transfer) => bookOne(db, transfer));
		db.exec('commit');
		return found.every((yes) => yes);
	} finally {
		if (db.inTransaction) db.exec('rollback');
	}
}

/** Conditional updates: however often and in whatever order callbacks come, each takes effect once. */
function bookOne(db, { id, reference_id, state, amount, beneficiary, error_message }) {
	const order = db.get('select amount from orders where reference = ?', [reference_id]);
	if (!order) return false;
	const text = (value) => (['string', 'number'].includes(typeof value) ? String(value) : null);
	const change = (columns, unless, values = []) =>
		db.run(`update orders set ${columns} where reference = ? and state not in (${unless})`, [
			...values,
			reference_id,
		]);

	// By name: the numbers of state_id changed their meaning in 2020. Capitals and two l are older spellings.
	const name = state.toLowerCase();
	if (name === 'completed' && Number(text(amount) || Number.NaN) !== Number(order.amount)) {
		change(`state = 'review'`, `'paid', 'refunded'`);
	} else if (name === 'completed') {
		const columns = `state = 'paid', credited = credited + 1, transfer = ?, account = ?, reason = null`;
		change(columns, `'paid', 'refunded'`, [text(id), text(beneficiary?.account)]);
	} else if (['declined', 'canceled', 'cancelled', 'rejected'].includes(name)) {
		change(`state = 'failed', reason = ?`, `'paid', 'refunded', 'failed'`, [text(error_message)]);
	} else if (name === 'refunded') {
		change(`state = 'refunded'`, `'refunded'`); // also what was paid: completed is not their last word
	}
	return true; // created, confirmed, submitted are under way; a state not known yet is no end either
}
