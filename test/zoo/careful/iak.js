import { createHash, timingSafeEqual } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import Fastify from 'fastify';

/** What the receiver keeps of an order. Serial, pin and activation code are text: they have leading zeros, and more digits than a number holds. */
export const schema = `create table if not exists orders (
	reference text primary key, amount text not null, state text not null default 'new', credited integer not null default 0,
	serial text, pin text, activation_code text, provider_id text, failure text)`;

const LARGEST_BODY = 64 * 1024;
/** `process` and `undefined response code`: nothing is decided yet, whatever status comes with them. */
const PENDING_CODES = ['39', '201'];

/**
 * @param db a node-sqlite3-wasm Database that holds the table of `schema`
 * @param keys `{ username, api_key }`, of the environment whose callbacks these are
 * @param style what may be to your taste: `refusal` and `unknown` (HTTP status), `json` (answers have a body)
 */
export async function receiver(db, keys, style = {}) {
	const app = Fastify();
	const answer = (reply, status) =>
		reply.code(status).send(style.json ? { ok: status < 300 } : undefined);

	// The bytes as they came, whatever content type they are under. What is too long is still read to its end, though not
	// kept: a sender cut off in the middle sees a broken connection instead of the 413.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', async (_request, payload) => {
		const chunks = [];
		let size = 0;
		for await (const chunk of payload) {
			size += chunk.length;
			if (size <= LARGEST_BODY) chunks.push(chunk);
		}
		return size > LARGEST_BODY ? 'too large' : Buffer.concat(chunks);
	});

	// Fastify's own answer holds the error's message, which may be SQL.
	app.setErrorHandler((error, _request, reply) => answer(reply, error.statusCode ?? 500));

	app.all('/callback', async (request, reply) => {
		if (request.method !== 'POST') return answer(reply.header('allow', 'POST'), 405);
		if (request.body === 'too large') return answer(reply, 413);

		const data = readCallback(request.body);
		const reference = text(data?.ref_id);
		// A NUL would end the reference for SQLite: another order's, perhaps.
		if (reference === undefined || reference.includes('\0')) return answer(reply, 400);
		if (!isSigned(data.sign, reference, keys)) return answer(reply, style.refusal ?? 401);

		return answer(reply, settle(db, reference, data) ? 200 : (style.unknown ?? 200));
	});

	await app.ready();
	return app.routing;
}

/** The fields of a callback, JSON or XML, or undefined when it is neither. */
function readCallback(bytes) {
	try {
		// `fatal`: a serial with replacement characters in it would be stored as if it were right. A byte order mark goes.
		const body = new TextDecoder('utf-8', { fatal: true }).decode(bytes ?? Buffer.alloc(0));
		// IAK does not document its content types, so the first character decides.
		if (!body.trimStart().startsWith('<')) return JSON.parse(body)?.data;
		// IAK sends no DTD. Without one there are no entities to expand but &amp; and its like.
		if (/<!doctype/i.test(body)) return undefined;
		return xml.parse(body, true).mp;
	} catch {
		return undefined;
	}
}

// Values stay the text they are: "00" is not 0, and spaces may belong to a name. `htmlEntities` is what reads &#39;.
const xml = new XMLParser({
	parseTagValue: false,
	trimValues: false,
	ignoreAttributes: true,
	htmlEntities: true,
});

/** A field as text. Numbers are accepted where they still say what was sent; objects, arrays, booleans and null are not. */
function text(value) {
	if (typeof value === 'string') return value;
	return Number.isSafeInteger(value) ? String(value) : undefined;
}

/** `sign` is md5 of username, API key and reference, in lower case. */
function isSigned(sign, reference, keys) {
	// The shape first: timingSafeEqual throws at another length, Buffer.from at another type.
	if (typeof sign !== 'string' || !/^[0-9a-f]{32}$/.test(sign)) return false;
	const expected = createHash('md5')
		.update(`${keys.username}${keys.api_key}${reference}`)
		.digest('hex');
	return timingSafeEqual(Buffer.from(sign), Buffer.from(expected));
}

/**
 * Books the outcome. `sign` covers the reference alone, so whoever has seen one callback can send the order another status or
 * price: hence the price is compared, nothing is undone, and before goods of value go out, IAK's check-status should be asked.
 *
 * Each outcome is one conditional statement, so that callbacks at the same moment, or from another process, take effect once.
 *
 * @returns whether there is such an order. If it is stored a moment later, the same callback finds it then.
 */
function settle(db, reference, data) {
	const status = text(data.status);
	const code = text(data.rc);

	if (status === '1' && code === '00') {
		// Also after a failure: the second attempt. A price that is not the order's is for a person to look at.
		db.run(
			`update orders set state = iif(amount is :price, 'paid', 'review'), credited = credited + (amount is :price),
				serial = :serial, pin = :pin, activation_code = :activation_code, provider_id = :provider_id, failure = null
			where reference = :reference and state in ('new', 'failed', 'review')`,
			{
				':reference': reference,
				':price': text(data.price) ?? null,
				// Whole, as it came: PLN's has five parts, and the customer's name in it may hold slashes of its own.
				':serial': text(data.sn) ?? null,
				':pin': text(data.pin) ?? null,
				':activation_code': text(data.activation_code) ?? null,
				':provider_id': text(data.tr_id) ?? null,
			},
		);
	} else if (
		status === '2' &&
		code !== undefined &&
		code !== '00' &&
		!PENDING_CODES.includes(code)
	) {
		// Only what is open can fail. A refund belongs here, when `changes` is 1: a failure that is repeated changes nothing.
		db.run(
			"update orders set state = 'failed', failure = ? where reference = ? and state = 'new'",
			[code, reference],
		);
	}
	// All else is acknowledged and left alone: pending, statuses not known here, and a status that its code contradicts.

	return db.get('select 1 from orders where reference = ?', [reference]) !== null;
}
