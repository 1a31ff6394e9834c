import { aMinuteLater } from '../later.ts';
import type { Box, Call, Endpoint } from '../provider.ts';
import { ok, refused, unauthenticated } from './answers.ts';
import { facts } from './facts.ts';
import { type Attempt, type Intent, type IntentOrder, kind, wordOf } from './intent.ts';
import { ordersOfTransactions } from './life.ts';
import { zonedTime } from './local-time.ts';
import { manualKind } from './manual-transfer.ts';
import { paged } from './paged.ts';
import { transactionShape } from './shapes.ts';

type Found = readonly [order: IntentOrder, attempt: Attempt];

const all = (box: Box): Found[] =>
	[...box.orders<Intent>(kind), ...box.orders<Intent>(manualKind)].flatMap((order) =>
		order.data.attempts.map((attempt): Found => [order, attempt]),
	);

function transactionIn(call: Call, box: Box): Found | undefined {
	const id = call.params['id'] ?? '';
	const order = box.order<Intent>(box.remembered<string>(ordersOfTransactions, id) ?? '');
	const attempt = order?.data.attempts.find((one) => one.id === id);
	if (order === undefined || attempt === undefined) return undefined;
	call.about(order);
	return [order, attempt];
}

export const getTransaction: Endpoint = {
	title: 'a transaction',
	method: 'GET',
	paths: ['/v3/transactions/:id', '/api/v2/transactions/:id'],
	claim: ['documented', 'api-docs'],
	answer(call, box) {
		const closed = unauthenticated(call);
		if (closed !== undefined) return closed;
		const found = transactionIn(call, box);
		return found === undefined ? refused('not-found') : ok(transactionShape(...found, box));
	},
};

/** Query parameter → what it is compared with. */
const filters: Readonly<Record<string, (found: Found) => string>> = {
	order_number: ([{ reference }]) => reference,
	status: ([, { status }]) => String(status),
	payment_channel: ([, { channel }]) => String(channel),
	exchange_reference_number: ([, { reference }]) => reference,
	payer_email: ([{ data }]) => data.payer.email,
};

export const listTransactions: Endpoint = {
	title: 'transactions, newest first, by order_number, status and others',
	method: 'GET',
	paths: ['/v3/transactions'],
	claim: ['documented', 'api-docs'],
	answer(call, box) {
		const closed = unauthenticated(call);
		if (closed !== undefined) return closed;
		const asked = Object.entries(filters).filter(([name]) => call.query.has(name));
		const found = all(box)
			.reverse()
			.filter((one) => asked.every(([name, of]) => call.query.get(name) === of(one)));
		for (const name of call.query.keys())
			if (!Object.hasOwn(filters, name) && !['page', 'per_page'].includes(name))
				call.note(`${name} is no filter of this list`);
		return ok(
			paged(
				found.map((one) => transactionShape(...one, box)),
				call,
				box,
				15,
			),
		);
	},
};

export const qrStatus: Endpoint = {
	title: 'whether a DuitNow QR is paid',
	method: 'GET',
	paths: ['/v3/transactions/:id/duitnow-qr/status'],
	claim: ['documented', 'api-docs'],
	answer(call, box) {
		const closed = unauthenticated(call);
		if (closed !== undefined) return closed;
		const [order, attempt] = transactionIn(call, box) ?? [];
		const isQr = order?.data.qr !== undefined && facts.channels.qr.includes(attempt?.channel ?? 0);
		if (order === undefined || attempt === undefined || !isQr) return refused('not-found');
		if (!isPolledSlowly(attempt.id, box)) {
			call.note(`more than ${facts.rules.qrPollsPerMinute} polls within a minute`);
			return { ...refused('too-many'), headers: aMinuteLater(box.now()) };
		}
		const expiresAt = order.data.qr?.transaction === attempt.id ? order.data.qr.expiresAt : 0;
		const isTerminal = attempt.status >= 2;
		return ok({
			transaction_id: attempt.id,
			status: attempt.status,
			status_description: wordOf(attempt.status),
			is_terminal: isTerminal,
			qr_expired: !isTerminal && expiresAt <= box.now(),
			qr_expires_at: expiresAt === 0 ? null : zonedTime(expiresAt),
			next_poll_after_ms: isTerminal ? null : facts.rules.qrPollMs,
		});
	},
};

function isPolledSlowly(id: string, box: Box): boolean {
	const now = box.now();
	const before = box.remembered<readonly number[]>('polls', id) ?? [];
	const recent = before.filter((at) => now - at < 60_000);
	if (recent.length >= facts.rules.qrPollsPerMinute) return false;
	box.remember('polls', id, [...recent, now]);
	return true;
}
