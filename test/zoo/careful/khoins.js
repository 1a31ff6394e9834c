/*
 * A receiver for the callbacks of KHOINS (Qbiztec), to copy from.
 *
 * THE SENDER CANNOT BE PROVED. KHOINS signs nothing and does not say from where it calls: whoever knows the URL can send
 * a "Success" for any order. What helps:
 *   - a secret in the path: with `style.secret` only /callback/<secret> is served. Make it long and random, register
 *     that URL with https, and keep it out of access logs;
 *   - before goods of value go out, compare with what KHOINS itself shows (its statement, your balance there).
 *
 * No repetition is promised either, so nothing that might be genuine is thrown away: what cannot be booked is kept in
 * `unbooked` as it came, and a person (or the code that stores the order a moment later) looks there.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import express from 'express';

export const schema = `
	create table if not exists orders (reference text primary key, amount text not null, state text not null default 'new',
		credited integer not null default 0, refunded integer not null default 0, serial text, note text);
	create table if not exists topups (memberid text not null, amount text not null, state text not null,
		message text not null, primary key (memberid, amount, state, message));
	create table if not exists unbooked (reference text not null, body text not null, primary key (reference, body));
`;

const LIMIT = 64 * 1024;

// Success is said in English, failure in Indonesian; what is not listed here is acknowledged and changes nothing.
const TRANSACTION_ENDS = new Map(Object.entries({ success: 'paid', gagal: 'failed' }));
const TOPUP_ENDS = new Map([...TRANSACTION_ENDS, ['expired', 'failed'], ['dibatalkan', 'failed']]);

/** @param db a node-sqlite3-wasm Database  @param _keys KHOINS has none  @param style { secret, refusal, unknown, json, log } */
export function receiver(db, _keys, style = {}) {
	const answer = (res, status) =>
		style.json ? res.status(status).json({ ok: status < 300 }) : res.status(status).end();
	const app = express();
	app.disable('x-powered-by');

	app.all(style.secret ? '/callback{/:secret}' : '/callback', async (req, res) => {
		if (req.method !== 'POST') return answer(res.set('Allow', 'POST'), 405);
		if (style.secret && !sameText(req.params.secret ?? '', style.secret))
			return answer(res, style.refusal ?? 401);

		const text = await readText(req);
		if (text === undefined) return answer(res, 413);
		const outer = parseObject(text);
		if (outer === undefined) return answer(res, 400);

		// `message` is a string with JSON in it, which the sender may have glued together: it need not parse.
		const inner = parseObject(outer.message);
		// Top-ups come to the same URL and have no reference of ours, only our member id and an amount.
		const isTopup =
			(outer.refid ?? '') === '' && outer.memberid !== undefined && outer.amount !== undefined;
		const reference = asId(isTopup ? outer.memberid : (outer.refid ?? inner?.trxid ?? outer.trxid));
		const amount = isTopup ? asId(outer.amount) : '';
		if (reference === undefined || amount === undefined) return answer(res, 400);

		const status = typeof inner?.status === 'string' ? inner.status.trim().toLowerCase() : '';
		const state = (isTopup ? TOPUP_ENDS : TRANSACTION_ENDS).get(status);
		const note = typeof inner?.message === 'string' ? inner.message : '';

		const known = atomically(() => {
			const booked =
				state !== undefined &&
				(isTopup ? bookTopup : bookTransaction)({ reference, amount, state, note });
			if (!booked) db.run('insert or ignore into unbooked values (?, ?)', [reference, text]);
			return booked || state === undefined;
		});
		// An order that is not there yet is no error: it takes effect when the callback is repeated, and is in `unbooked`.
		return answer(res, known ? 200 : (style.unknown ?? 200));
	});

	app.use((_req, res) => answer(res, 404));
	// Only our own trouble (the database) is a 5xx: then nothing was booked and the sender must not believe it was.
	app.use((error, req, res, _next) => {
		style.log?.(error);
		answer(res, error.status ?? (req.complete ? 500 : 400));
	});
	return app;

	/** The conditions in `where` make repetitions harmless, also simultaneous ones, and let no failure undo a success. */
	function bookTransaction({ reference, state, note }) {
		if (state === 'paid') {
			db.run(
				`update orders set state = 'paid', credited = credited + 1, serial = ?, note = ?
				where reference = ? and state <> 'paid' and refunded = 0`,
				[serialIn(note), note, reference],
			);
			// Its money went back already: a person decides which of the two is undone.
			db.run("update orders set state = 'review', note = ? where reference = ? and refunded > 0", [
				note,
				reference,
			]);
		} else {
			db.run(
				`update orders set state = 'failed', refunded = refunded + 1, note = ?
				where reference = ? and state not in ('paid', 'failed')`,
				[note, reference],
			);
		}
		return db.get('select 1 from orders where reference = ?', [reference]) !== null;
	}

	/** A repetition has the same text (it holds balance and time), so the table itself counts every top-up once. */
	function bookTopup({ reference, amount, state, note }) {
		db.run('insert or ignore into topups values (?, ?, ?, ?)', [reference, amount, state, note]);
		// A shop that asked for the top-up may keep a ticket under its member id; without one the line above is all.
		const ticket = db.get('select amount from orders where reference = ?', [reference]);
		if (ticket === null) return true;
		const agrees = ticket.amount === '' || Number(ticket.amount) === Number(amount);
		if (state === 'paid' && agrees) return bookTransaction({ reference, state, note });
		db.run(
			"update orders set state = ?, note = ? where reference = ? and state not in ('paid', 'review')",
			[state === 'paid' ? 'review' : 'failed', note, reference],
		);
		return true;
	}

	function atomically(work) {
		db.exec('begin immediate');
		try {
			const result = work();
			db.exec('commit');
			return result;
		} catch (error) {
			db.exec('rollback');
			throw error;
		}
	}
}

/** Any content type will do, since none is documented. A body over the limit is read to its end and dropped, so that the answer arrives. */
async function readText(req) {
	const chunks = [];
	let size = 0;
	for await (const chunk of req) {
		size += chunk.length;
		if (size <= LIMIT) chunks.push(chunk);
	}
	// Decoded in one piece (a character may be split over two chunks). A byte-order mark is dropped, a broken byte becomes U+FFFD.
	return size > LIMIT ? undefined : new TextDecoder().decode(Buffer.concat(chunks));
}

function parseObject(text) {
	if (typeof text !== 'string') return undefined;
	try {
		const value = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** Ids and amounts come as strings and as numbers. Control characters are refused: SQLite would cut the text at a NUL. */
function asId(value) {
	const text = Number.isSafeInteger(value) ? String(value) : value;
	return typeof text === 'string' && /^\P{Cc}{1,100}$/u.test(text) ? text : undefined;
}

/** Everything between "SN: " and the last ". Saldo:": serial numbers have dots and slashes of their own, and 20 digits. */
function serialIn(note) {
	const start = note.indexOf('SN: ') + 'SN: '.length;
	const end = note.lastIndexOf('. Saldo:');
	return note.includes('SN: ') && end >= start ? note.slice(start, end) : null;
}

/** Hashed first, because timingSafeEqual wants equal lengths. */
function sameText(a, b) {
	const digest = (text) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(a), digest(b));
}
