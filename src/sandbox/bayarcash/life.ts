import type { ValueObject } from '../../model/value.ts';
import type { Box, CallbackSaid } from '../provider.ts';
import { identityOf } from './identity.ts';
import {
	type Attempt,
	begun,
	type Decision,
	type Intent,
	type IntentOrder,
	openAttempt,
	outcomes,
	settled,
	stateOf,
	wordOf,
} from './intent.ts';
import { localTime } from './local-time.ts';

/** Transaction → its intent: shops ask for it again and again. */
export const ordersOfTransactions = 'transaction';

/** Where the server's callbacks go: on v2 the shop named one address for everything. */
export const callbackUrl = ({ data }: IntentOrder, { settings }: Box): string | undefined =>
	(data.api === 'v2' ? data.returnUrl : data.callbackUrl) ?? settings.callbackTo;

/** The payer is handed to the bank: an attempt begins, and is announced. */
export async function begin(order: IntentOrder, channel: number, box: Box): Promise<IntentOrder> {
	const data = begun(order.data, channel, box.now(), box.random);
	const saved = box.save({ ...order, data }, { what: 'page', text: 'the payer is at the bank' });
	const attempt = data.attempts.at(-1) as Attempt;
	box.remember(ordersOfTransactions, attempt.id, saved.id);
	const set = {
		transaction_id: attempt.id,
		exchange_reference_number: attempt.reference,
		order_number: saved.reference,
	};
	await box.moment(send(saved, 'bayarcash/pre-transaction', set, 0, box));
	return current(saved, box);
}

/** What is known of it now: while somebody waited, others may have decided. */
export const current = (order: IntentOrder, box: Box): IntentOrder =>
	box.order<Intent>(order.id) ?? order;

/** What became of it; the callback leaves after the sandbox's delay, or another. @throws Refusal */
export async function decide(
	order: IntentOrder,
	decision: Decision,
	box: Box,
	after?: number,
): Promise<{ order: IntentOrder; told: Promise<void> }> {
	if (decision.outcome === 'never')
		return {
			order: box.save(
				{ ...order, next: nextOf(order, order.data) },
				{ what: 'control', text: 'it stays as it is' },
			),
			told: Promise.resolve(),
		};
	const before = order.data.attempts.findIndex(({ status }) => status < 2);
	const data = settled(order.data, decision, box.now(), box.random);
	const attempt = data.attempts[before] as Attempt;
	const text = `attempt ${attempt.id}: ${wordOf(attempt.status)}`;
	const saved = box.save({ ...order, data, next: nextOf(order, data) }, { what: 'state', text });
	const values = transactionValues(saved, attempt);
	const told = data.verifiesIdentity
		? send(
				saved,
				'bayarcash/transaction-identity',
				{ ...values, ...identityOf(attempt) },
				after,
				box,
			)
		: send(saved, `bayarcash/transaction-${decision.outcome}`, values, after, box);
	return { order: saved, told };
}

/** Nobody pays by himself any more; of what can still be paid, the link runs out all the same. */
export const nextOf = ({ next }: IntentOrder, data: Intent): IntentOrder['next'] =>
	stateOf(data) === 'waiting' ? next.filter(({ action }) => action === 'expire') : [];

/** The link runs out: nobody is told, and whoever is at the bank may end it. */
export async function expire(order: IntentOrder, box: Box): Promise<void> {
	const data = { ...order.data, isExpired: true };
	box.save({ ...order, data, next: stateOf(data) === 'waiting' ? order.next : [] });
}

/** As a payer would who meets no page: begins and pays at once. */
export async function payAlone(order: IntentOrder, outcome: string, box: Box): Promise<void> {
	const isBegun = order.data.attempts.some(({ status }) => status < 2);
	if (outcome === 'never') return;
	const [channel = 1] = order.data.channels;
	const at = isBegun ? order : await begin(order, channel, box);
	if (openAttempt(at.data) === undefined) return;
	await (await decide(at, { outcome }, box, 0)).told;
}

const transactionValues = ({ reference, data }: IntentOrder, attempt: Attempt): ValueObject => ({
	transaction_id: attempt.id,
	exchange_reference_number: attempt.reference,
	exchange_transaction_id: attempt.railId,
	order_number: reference,
	currency: 'MYR',
	amount: twoDecimals(data.amount),
	payer_name: data.payer.name,
	payer_email: data.payer.email,
	payer_bank_name: attempt.bankName,
	status: attempt.status,
	status_description: wordOf(attempt.status),
	datetime: localTime(attempt.createdAt),
});

/** What the payer's browser carries to the shop, of the last attempt; undefined: no page. */
export function receiptOf(order: IntentOrder, box: Box): CallbackSaid | undefined {
	const to = order.data.returnUrl ?? box.settings.returnTo;
	const attempt = order.data.attempts.at(-1);
	if (to === undefined || attempt === undefined) return undefined;
	const { api } = order.data;
	const { datetime, payer_name, payer_email, ...shared } = transactionValues(order, attempt);
	const set = {
		...shared,
		status: api === 'v3' ? String(attempt.status) : attempt.status,
		...(api === 'v2' && { datetime, payer_name, payer_email }),
	};
	const word = Object.entries(outcomes).find(([, status]) => status === attempt.status)?.[0];
	return {
		event: `bayarcash/receipt-${word ?? 'pending'}`,
		set: set as ValueObject,
		to,
		options: [api],
	};
}

/** `10` and `10.5` are `10.00` and `10.50` in callbacks. */
export const twoDecimals = (amount: Intent['amount']): string => Number(amount).toFixed(2);

async function send(
	order: IntentOrder,
	event: string,
	set: ValueObject,
	after: number | undefined,
	box: Box,
): Promise<void> {
	const to = callbackUrl(order, box);
	if (to !== undefined) await box.callback(order, { event, set, to, after });
}
