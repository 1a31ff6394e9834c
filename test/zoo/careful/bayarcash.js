/*
 * A receiver for the callbacks of Bayarcash, to copy from.
 *
 * POST /callback takes everything that Bayarcash's server sends. GET /return is where the payer's browser comes back
 * to: it shows what the callbacks have brought, and never settles anything itself. Direct debit and API v2 post to the
 * return URL, too, so POST /return is the same as POST /callback.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';

export const schema = `
	create table if not exists orders (reference text primary key, amount text not null, state text not null default 'new',
		credited integer not null default 0, transaction_id text, payer text,
		mandate_id text, mandate text, enrolment text, maintenance text, termination text);
	create table if not exists collections (transaction_id text primary key, mandate_id text, cycle text, amount text,
		state text not null);
`;

const LIMIT = 64 * 1024;

// What the checksum is over, in the order of signing. Whatever else a message carries is unproven: do not act on it.
const fields = (text) => text.trim().split(/\s+/);
const RECEIPT =
	fields(`amount currency exchange_reference_number exchange_transaction_id order_number payer_bank_name
	status status_description transaction_id`);
const PAYMENT =
	fields(`amount currency datetime exchange_reference_number exchange_transaction_id order_number
	payer_bank_name payer_email payer_name record_type status status_description transaction_id`);
const COLLECTION =
	fields(`amount batch_number cycle datetime mandate_id mandate_reference_number record_type
	reference_number status status_description transaction_id`);
const AUTHORIZATION = [...PAYMENT, 'application_type', 'mandate_id'].sort();
const BANK_APPROVAL =
	fields(`application_type approval_date approval_status mandate_id mandate_reference_number
	order_number payer_bank_account_no payer_bank_code payer_bank_code_hashed record_type`);
const PRE_TRANSACTION = fields('exchange_reference_number order_number record_type');

const ENDS = new Map(Object.entries({ 2: 'failed', 3: 'paid', 4: 'failed' }));
const MAY_BECOME = {
	paid: "state in ('new', 'failed', 'review')",
	review: "state in ('new', 'failed')",
	failed: "state = 'new'",
};
const DECISIONS = new Map(Object.entries({ 5: 'approved', 6: 'rejected' }));
const MANDATE_CHANGES = new Map(
	Object.entries({ '01': 'enrolment', '02': 'maintenance', '03': 'termination' }),
);

/** @param db a node-sqlite3-wasm Database  @param keys { secret_key }  @param style { refusal, unknown, json, log } */
export function receiver(db, keys, style = {}) {
	const answer = (res, status) =>
		style.json ? res.status(status).json({ ok: status < 300 }) : res.status(status).end();
	const app = express();
	app.disable('x-powered-by');

	app.post(
		['/callback', '/return'],
		express.raw({ type: () => true, limit: LIMIT }),
		(req, res) => {
			const message = readMessage(req);
			if (message === undefined) return answer(res, 400);
			if (!listsFor(message).some((list) => isSigned(message, list)))
				return answer(res, style.refusal ?? 401);
			// An order that is not there yet may be there when the callback is repeated: nothing about it is remembered.
			return answer(res, book(message) ? 200 : (style.unknown ?? 404));
		},
	);

	app.get('/return', (req, res) => {
		// Bayarcash appends its fields with a second "?" where the return URL has a query of its own.
		const receipt = readForm(req.originalUrl.replace(/^[^?]*\?/, '').replaceAll('?', '&'));
		if (!isSigned(receipt, RECEIPT)) return answer(res, style.refusal ?? 401);
		// The browser may be faster than the callback. Show our own state, which may still be "new", not the receipt's.
		const order = db.get('select reference, state from orders where reference = ?', [
			asText(receipt.order_number),
		]);
		return order === null ? answer(res, style.unknown ?? 200) : res.json(order);
	});

	app.all(['/callback', '/return'], (req, res) =>
		answer(res.set('Allow', req.path === '/return' ? 'GET, POST' : 'POST'), 405),
	);
	// Express' own handler would print the stack. Only our own trouble (the database) is a 5xx: Bayarcash then repeats.
	app.use((error, _req, res, _next) => {
		style.log?.(error);
		answer(res, error.status ?? 500);
	});
	return app;

	/** Timing tells nothing about the expected checksum, and the shape is checked first: timingSafeEqual throws on unequal lengths. */
	function isSigned(message, list) {
		const values = list.map((name) => asText(message[name]));
		// A "|" moves the borders between the values under the same checksum. One free field leaves only one way to cut.
		if (
			values.some(
				(value, at) => value === undefined || (value.includes('|') && list[at] !== 'payer_name'),
			)
		)
			return false;
		if (typeof message.checksum !== 'string' || !/^[0-9a-f]{64}$/.test(message.checksum))
			return false;
		const expected = createHmac('sha256', keys.secret_key).update(values.join('|')).digest();
		return timingSafeEqual(expected, Buffer.from(message.checksum, 'hex'));
	}

	/**
	 * Books a proven message; false where its order is unknown. Each takes one statement, whose `where` makes repetitions
	 * harmless (also simultaneous ones) and lets no late failure undo a payment. Unknown statuses change nothing.
	 */
	function book(message) {
		const reference = asText(message.order_number);
		const end = ENDS.get(asText(message.status));
		// Booked even if the mandate is unknown here: the payer's money has been taken.
		if (isCollection(message)) {
			const { transaction_id, mandate_id, cycle, amount } = message;
			if (end !== undefined)
				db.run(
					`insert into collections values (?, ?, ?, ?, ?)
					on conflict (transaction_id) do update set state = excluded.state where state <> 'paid'`,
					[...[transaction_id, mandate_id, cycle, amount].map(asText), end],
				);
			return true;
		}
		const order = db.get('select amount from orders where reference = ?', [reference]);
		if (order === null) return false;
		if (message.record_type === 'transaction' && end !== undefined) {
			const agrees = message.currency === 'MYR' && inSen(message.amount) === inSen(order.amount);
			// A payment that is genuine but not what was ordered is for a person to look at.
			const state = end === 'paid' && !agrees ? 'review' : end;
			db.run(
				`update orders set state = ?, credited = credited + ?, transaction_id = ?, payer = ? where reference = ? and ${MAY_BECOME[state]}`,
				[
					state,
					state === 'paid' ? 1 : 0,
					asText(message.transaction_id),
					asText(message.payer_name),
					reference,
				],
			);
		} else if (message.record_type === 'authorization' && end !== undefined) {
			db.run(
				"update orders set mandate_id = ?, mandate = ? where reference = ? and mandate is not 'authorized'",
				[asText(message.mandate_id), end === 'paid' ? 'authorized' : 'failed', reference],
			);
		} else if (message.record_type === 'bank_approval') {
			const decision = DECISIONS.get(asText(message.approval_status));
			const column = MANDATE_CHANGES.get(message.application_type);
			if (decision && column)
				db.run(`update orders set ${column} = ? where reference = ?`, [decision, reference]);
		}
		// A pre_transaction says that the payer went to the bank, a receipt repeats the transaction: acknowledged.
		return true;
	}
}

/** A collection is a `transaction`, too, but names a mandate and no order. */
const isCollection = (message) =>
	message.record_type === 'transaction' && message.order_number === undefined;

function listsFor(message) {
	if (isCollection(message)) return [COLLECTION];
	if (message.record_type === 'transaction' || message.record_type === 'transaction_receipt')
		return [PAYMENT];
	if (message.record_type === 'bank_approval') return [BANK_APPROVAL];
	// Documentation and SDKs disagree on these two. Both ways are signed with our key; neither settles a payment.
	if (message.record_type === 'pre_transaction')
		return [PRE_TRANSACTION, [...PRE_TRANSACTION, 'transaction_id']];
	if (message.record_type === 'authorization')
		return [AUTHORIZATION, AUTHORIZATION.filter((name) => name !== 'application_type')];
	return [];
}

/** A form (payments) or JSON (direct debit), whatever charset is claimed: both are UTF-8. @returns undefined where it is neither */
function readMessage(req) {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(req.body ?? new Uint8Array());
		const type = req.get('content-type')?.split(';', 1)[0].trim().toLowerCase();
		if (type === 'application/x-www-form-urlencoded') return readForm(text);
		if (type !== 'application/json' && type !== undefined) return undefined;
		if (type === undefined && !text.trimStart().startsWith('{')) return readForm(text);
		const value = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** A name that comes twice gets a value that no signed field may have: which of the two was meant is anyone's guess. */
function readForm(text) {
	const message = Object.create(null);
	for (const [name, value] of new URLSearchParams(text))
		message[name] = name in message ? [] : value;
	return message;
}

/** Absent and null are signed as empty text, numbers as they print. @returns undefined for what is never signed */
function asText(value) {
	if (typeof value === 'number') return String(value);
	return value === undefined || value === null ? '' : typeof value === 'string' ? value : undefined;
}

const inSen = (amount) =>
	/^\d{1,9}(\.\d{1,2})?$/.test(asText(amount)) ? Math.round(Number(amount) * 100) : Number.NaN;
