import { base62 } from '../../compose/random-text.ts';
import type { Random } from '../../model/clock.ts';
import { own } from '../../model/own.ts';
import type { Value, ValueObject } from '../../model/value.ts';
import type { Order } from '../order.ts';
import { Refusal, UnknownOutcome } from '../provider.ts';
import { bankOf, channelOf, facts } from './facts.ts';
import { railNumber, referenceNumber } from './local-time.ts';

export interface Intent {
	readonly api: 'v2' | 'v3';
	readonly portalKey: string;
	/** As it was sent: it is signed so. */
	readonly amount: string;
	readonly payer: { readonly name: string; readonly email: string; readonly phone: string | null };
	/** Those the payer may choose from. */
	readonly channels: readonly number[];
	readonly bankCode: string | undefined;
	readonly metadata: Value;
	readonly returnUrl: string | undefined;
	readonly callbackUrl: string | undefined;
	/** Epoch milliseconds. */
	readonly createdAt: number;
	readonly expiresAt: number;
	readonly verifiesIdentity: boolean;
	readonly isCancelled: boolean;
	/** Its link has run out; who is at the bank by then still pays. */
	readonly isExpired?: boolean | undefined;
	/** Oldest first. */
	readonly attempts: readonly Attempt[];
	readonly qr?: { readonly transaction: string; readonly expiresAt: number } | undefined;
}

/** One attempt at paying: Bayarcash's "transaction". */
export interface Attempt {
	readonly id: string;
	readonly reference: string;
	readonly railId: string | null;
	readonly createdAt: number;
	readonly updatedAt: number;
	readonly channel: number;
	readonly bankName: string | null;
	/** 0 New, 1 Pending, 2 Unsuccessful, 3 Approved, 4 Cancelled. */
	readonly status: number;
	/** What a callback said that did not come from this intent, and may say something else. */
	readonly said?: SaidOfAttempt | undefined;
}

export interface SaidOfAttempt {
	readonly amount: string | undefined;
	readonly currency: string | undefined;
	readonly payerName: string | undefined;
	readonly payerEmail: string | undefined;
	readonly statusWord: string | undefined;
	readonly identity?: ValueObject | undefined;
}

export type IntentOrder = Order<Intent>;
export const kind = 'payment-intent';

/** What a payer's act, or a control, can make of an attempt; `never` leaves it and says nothing. */
export const outcomes: Readonly<Record<string, number>> = {
	success: 3,
	failed: 2,
	cancelled: 4,
	pending: 1,
};

/** Those that would change something; of an attempt that is pending `pending` would not. */
export const outcomesOf = (intent: Pick<Intent, 'attempts'>): string[] =>
	Object.keys(outcomes).filter((name) => outcomes[name] !== openAttempt(intent)?.status);

export type IntentState = 'waiting' | 'paid' | 'cancelled' | 'expired';

/** Of what there is, one state follows: it is kept nowhere. */
export function stateOf({ attempts, isCancelled, isExpired }: Intent): IntentState {
	if (attempts.some(({ status }) => status === outcomes['success'])) return 'paid';
	if (isCancelled) return 'cancelled';
	return isExpired === true && openAttempt({ attempts }) === undefined ? 'expired' : 'waiting';
}

/** The one that the payer is at. */
export const openAttempt = ({ attempts }: Pick<Intent, 'attempts'>): Attempt | undefined =>
	attempts.find(({ status }) => status < 2);

/** The payer is handed to the bank. @throws Refusal */
export function begun(intent: Intent, channel: number, now: number, random: Random): Intent {
	const state = stateOf(intent);
	if (state !== 'waiting') throw new Refusal(`the payment intent is ${state}: nobody can pay it`);
	if (openAttempt(intent) !== undefined) throw new Refusal('an attempt at paying it is under way');
	const attempt: Attempt = {
		id: `trx_${base62(6, random)}`,
		reference: referenceNumber(now, random),
		railId: null,
		createdAt: now,
		updatedAt: now,
		channel,
		bankName: null,
		status: 0,
	};
	return { ...intent, attempts: [...intent.attempts, attempt] };
}

export interface Decision {
	readonly outcome: string;
	readonly channel?: number | undefined;
	readonly bankCode?: string | undefined;
}

/** What is final stays. @throws Refusal */
export function settled(intent: Intent, decision: Decision, now: number, random: Random): Intent {
	const status = own(outcomes, decision.outcome);
	const open = openAttempt(intent);
	if (status === undefined) throw new UnknownOutcome();
	const state = stateOf(intent);
	if (open === undefined)
		throw new Refusal(
			state === 'waiting'
				? 'no attempt at paying it is under way'
				: `the payment intent is ${state} already`,
		);
	if (open.status === status) throw new Refusal(`the attempt is ${wordOf(status)} already`);
	const channel = decision.channel ?? open.channel;
	const isFinal = status === 2 || status === 3;
	const hasBank = facts.channels.withBank.includes(channel);
	const bank = bankOf(decision.bankCode ?? intent.bankCode ?? 'TEST0021');
	const changed: Attempt = {
		...open,
		channel,
		// A rail that has not answered has no number.
		railId: isFinal ? railNumber(now, random) : null,
		bankName: isFinal ? ((hasBank ? bank?.name : channelOf(channel)?.name) ?? null) : null,
		updatedAt: now,
		status,
	};
	return { ...intent, attempts: intent.attempts.map((one) => (one === open ? changed : one)) };
}

export const wordOf = (status: number): string =>
	(facts.states.transaction.words as Record<string, string>)[String(status)] ?? String(status);

/** The outcome that a bank stands for; undefined where it stands for none. */
export const outcomeOfBank = (code: string | undefined): string | undefined =>
	code === undefined ? undefined : bankOf(code)?.outcome;
