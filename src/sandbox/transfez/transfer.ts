import { own } from '../../model/own.ts';
import type { ValueObject } from '../../model/value.ts';
import type { Order } from '../order.ts';
import { Refusal, UnknownOutcome } from '../provider.ts';
import { declineText, facts } from './facts.ts';

export type State = keyof typeof facts.states.ids;

/** What the shop asked for, and what became of it. */
export interface Transfer {
	readonly callbackUrl: string | null;
	readonly payerId: number;
	readonly payerName: string | null;
	readonly mode: 'SOURCE' | 'DESTINATION';
	/** Within Indonesia. */
	readonly isLocal: boolean;
	readonly sender: ValueObject;
	readonly source: ValueObject;
	readonly destination: ValueObject;
	readonly beneficiary: ValueObject;
	readonly compliance: ValueObject;
	readonly notes: string | null;
	/** Whole rupiah, without the fee. */
	readonly amount: number;
	readonly rate: string;
	readonly fee: string;
	readonly sent: string;
	/** The beneficiary's, as text: leading zeros count. */
	readonly account: string;
	/** Oldest first; its state is the last one's. */
	readonly changes: readonly Change[];
}

export interface Change {
	readonly state: State;
	/** Epoch milliseconds. */
	readonly at: number;
	/** When its callback leaves. */
	readonly toldAt: number;
	/** Why it was declined. */
	readonly code?: string | undefined;
	/** What a callback told of it that somebody else sent: answers say the same. */
	readonly said?: ValueObject | undefined;
}

export type TransferOrder = Order<Transfer>;
export const kind = 'transfer';

/** What a control can ask for, and the provider's word for it. */
const common: Readonly<Record<string, State>> = {
	success: 'completed',
	failed: 'declined',
	cancelled: 'canceled',
	pending: 'submitted',
};

const lastOf = ({ changes }: Transfer): Change => {
	const last = changes.at(-1);
	if (last === undefined) throw new Error('a transfer without a state');
	return last;
};

export const stateOf = (transfer: Transfer): State => lastOf(transfer).state;

/** Epoch milliseconds. */
export const toldAt = (transfer: Transfer): number => lastOf(transfer).toldAt;

export const saidOf = (transfer: Transfer): ValueObject => lastOf(transfer).said ?? {};

export const updatedAt = (transfer: Transfer): number => lastOf(transfer).at;

export const changeTo = ({ changes }: Transfer, state: State): Change | undefined =>
	changes.find((change) => change.state === state);

const after = facts.states.order.after as Readonly<Record<State, readonly State[]>>;

/** The states that lead there, that one last; undefined where none do. */
export function wayTo(from: State, to: State): readonly State[] | undefined {
	const ways: (readonly State[])[] = [[from]];
	for (const way of ways) {
		const at = way.at(-1) as State;
		if (at === to) return way.slice(1);
		for (const next of after[at]) ways.push([...way, next]);
	}
	return undefined;
}

/**
 * @param next with why it is declined; else it is the code of its account, or the usual one
 * @param delay sandbox milliseconds until its callback leaves
 * @throws Refusal where that state does not follow
 */
export function changed(
	transfer: Transfer,
	{ state, code }: Next,
	now: number,
	delay: number,
): Transfer {
	const last = lastOf(transfer);
	if (!isNext(transfer, state)) throw new Refusal(`it is ${last.state}: it cannot become ${state}`);
	// Two changes of one millisecond would leave a receiver without an order among them.
	const at = Math.max(now, last.at + 1);
	// All at once their callbacks would overtake each other.
	const toldAt =
		delay === 0 ? now : Math.max(now + delay, last.toldAt + facts.rules.confirmed.apartMs);
	const why = state === 'declined' ? { code: code ?? codeOf(transfer) } : {};
	return { ...transfer, changes: [...transfer.changes, { state, at, toldAt, ...why }] };
}

export const isNext = (transfer: Transfer, state: State): boolean =>
	after[stateOf(transfer)].includes(state);

const codeOf = (transfer: Transfer): string =>
	codeOfAccount(transfer.account) ??
	facts.rules.declinedAs[transfer.isLocal ? 'local' : 'international'];

/** Of an account of ours, `9990002`, the code with which it declines. */
export function codeOfAccount(account: string): string | undefined {
	const { ownAccount } = facts.rules;
	if (!account.startsWith(ownAccount) || account.length !== ownAccount.length + 4) return undefined;
	const digits = account.slice(ownAccount.length);
	return [digits, digits.slice(1), digits.replace(/^0+/, '')].find(
		(code) => declineText(code) !== undefined,
	);
}

/** Where a transfer is to go. */
export interface Next {
	readonly state: State;
	readonly code?: string | undefined;
}

/**
 * @param outcome a word of the controls, a state of the provider's, or the code of a decline
 * @throws Refusal
 */
export function nextFor(outcome: string): Next {
	const state = own(common, outcome) ?? outcome;
	if (Object.hasOwn(after, state)) return { state: state as State };
	if (declineText(outcome) !== undefined) return { state: 'declined', code: outcome };
	throw new UnknownOutcome('a state such as completed, or the code of a decline such as 2');
}

/** What can be decided now, each by one word. */
export function outcomesOf(transfer: Transfer): string[] {
	const from = stateOf(transfer);
	const possible = Object.entries(common).flatMap(([word, state]) =>
		from !== state && wayTo(from, state) !== undefined ? [word] : [],
	);
	return [
		...possible,
		...(possible.length > 0 ? ['never'] : []),
		...after[from].filter((state) => ['confirmed', 'refunded'].includes(state)),
	];
}
