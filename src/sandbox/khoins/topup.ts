import failed from '../../../fixtures/khoins/topup-failed.json' with { type: 'json' };
import cancelled from '../../../fixtures/khoins/topup-gateway-cancelled.json' with { type: 'json' };
import paid from '../../../fixtures/khoins/topup-gateway-success.json' with { type: 'json' };
import expired from '../../../fixtures/khoins/topup-ticket-expired.json' with { type: 'json' };
import transferred from '../../../fixtures/khoins/topup-ticket-success.json' with { type: 'json' };
import { own } from '../../model/own.ts';
import type { ValueObject } from '../../model/value.ts';
import type { Order } from '../order.ts';
import type { Box, Call, CallbackSaid } from '../provider.ts';
import { alone, type Decided, isLeft, leave, stateAfter, usualOutcome } from './deciding.ts';
import { facts } from './facts.ts';
import { credit, memberIn } from './member.ts';
import { filled } from './text.ts';

export interface Topup {
	readonly memberid: string;
	/** What the callback names. */
	readonly amount: number;
	/** What the deposit grows by. */
	readonly credited: number;
	/** Of a payment by gateway: its method, and KHOINS' number of it. */
	readonly method?: string | undefined;
	readonly number?: number | undefined;
	readonly decided?: Decided | undefined;
}

export type TopupOrder = Order<Topup>;

interface EventFile {
	readonly values: { readonly amount: string | number };
	readonly vars: Readonly<Record<string, string | number>>;
	readonly derive: { readonly 'message.message': string };
}

/** Kind and state → the event that tells of it. */
const events: Readonly<Record<string, readonly [event: string, file: EventFile]>> = {
	'ticket Success': ['khoins/topup-ticket-success', transferred],
	'ticket Gagal': ['khoins/topup-failed', failed],
	'ticket Expired': ['khoins/topup-ticket-expired', expired],
	'payment Success': ['khoins/topup-gateway-success', paid],
	'payment Dibatalkan': ['khoins/topup-gateway-cancelled', cancelled],
};

export const expiryMs = facts.rules.expiryHours * 3_600_000;

/** A top-up is kept; what becomes of it by itself is planned, or has happened. */
export async function request(
	kind: 'ticket' | 'payment',
	id: string,
	data: Topup,
	call: Call,
	box: Box,
): Promise<void> {
	const head = { id, provider: 'khoins', kind, reference: data.memberid };
	const outcome = usualOutcome(box);
	const expiry = {
		id: `${id} expire`,
		at: box.now() + expiryMs,
		action: 'expire',
		with: 'expired',
	};
	const next = outcome === 'never' ? [] : [expiry];
	const order = box.save(
		{ ...head, data, next, log: [] },
		{ what: 'call', text: `${kind} of ${data.amount}` },
	);
	call.about(order);
	await alone<Topup>(order, outcome, box, (one, how) => decide(one, how, box, 0));
}

/**
 * @param after sandbox milliseconds until the callback leaves; undefined for the usual delay
 * @returns when it has been tried once
 * @throws Refusal
 */
export function decide(
	order: TopupOrder,
	outcome: string,
	box: Box,
	after?: number,
): Promise<void> {
	if (isLeft(outcome)) {
		leave(order, box);
		return Promise.resolve();
	}
	const state = stateAfter(order, outcome);
	if (state === 'Success') credit(order.data.credited, box);
	const decided = { state, at: box.now(), balance: memberIn(box).balance };
	const done = box.save({ ...order, data: { ...order.data, decided }, next: [] });
	const { callbackTo } = box.settings;
	if (callbackTo === undefined) return Promise.resolve();
	return box.callback(done, { ...resultOf(done, decided, box), to: callbackTo, after });
}

function resultOf(
	{ kind, data }: TopupOrder,
	{ state, at, balance }: Decided,
	box: Box,
): Omit<CallbackSaid, 'to'> {
	const found = own(events, `${kind} ${state}`);
	if (found === undefined) throw new Error(`no event tells of ${kind} ${state}`);
	const [event, { values, vars, derive }] = found;
	const { memberid, amount, number } = data;
	const method = own<string>(facts.methods.callbackNames, data.method ?? '');
	const more: ValueObject = {
		...('balance' in vars && { balance }),
		...('method' in vars && { method: method ?? null }),
		...('trxid' in values && { trxid: number ?? null }),
	};
	const text = filled(derive['message.message'], { ...vars, ...more, memberid, amount }, box, at);
	const { variants } = box.settings;
	const isText = variants.includes('texts')
		? true
		: !variants.includes('numbers') && typeof values.amount === 'string';
	return {
		event,
		set: { memberid, amount: isText ? String(amount) : amount, ...more, 'message.message': text },
	};
}
