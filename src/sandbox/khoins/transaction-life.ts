import malformed from '../../../fixtures/khoins/transaction-malformed.json' with { type: 'json' };
import type { ValueObject } from '../../model/value.ts';
import type { Box, Call, CallbackSaid } from '../provider.ts';
import { isLeft, leave, stateAfter, usualOutcome } from './deciding.ts';
import { facts } from './facts.ts';
import { giveBack, keep, memberIn } from './member.ts';
import { nextNumber } from './numbers.ts';
import { filled, textOf } from './text.ts';
import {
	kind,
	type Purchase,
	purchaseOf,
	type Transaction,
	type TransactionOrder,
	textNow,
	valuesOf,
} from './transaction.ts';

const { unfound, unpaid, firstNumber } = facts.rules;

export const isUnfound = (tujuan: string): boolean => tujuan.endsWith(unfound);
export const isUnpaid = (tujuan: string): boolean => tujuan.endsWith(unpaid);

/** What is said, else what a tujuan stands for, which is told; `ask`: somebody will decide. */
export function outcomeFor(tujuan: string, call: Call, box: Box): string {
	const isFailing = isUnfound(tujuan) || isUnpaid(tujuan);
	if (isFailing && box.settings.outcome === undefined)
		call.advise(`tujuan ends in ${isUnfound(tujuan) ? unfound : unpaid}, with which it fails here`);
	return usualOutcome(box, isFailing ? 'failed' : undefined);
}

export const nextTransaction = (box: Box): number => nextNumber(kind, firstNumber, box);

/** Not kept yet. */
export function opened(
	{ trxid, kodeproduk, tujuan }: Purchase,
	{ price, sn, reason }: Pick<Transaction, 'price' | 'sn' | 'reason'>,
	box: Box,
): TransactionOrder {
	const number = nextTransaction(box);
	const data: Transaction = { kodeproduk, tujuan, number, price, sn, reason };
	const head = { id: `khoins-${number}`, provider: 'khoins', kind, reference: trxid };
	return { ...head, data, next: [], log: [] };
}

/** How it ends, the deposit with it. @throws Refusal */
export function ended(order: TransactionOrder, outcome: string, box: Box): TransactionOrder {
	const state = stateAfter(order, outcome);
	const settle = state === 'Success' ? keep : giveBack;
	settle(order.data.price, box);
	const decided = { state, at: box.now(), balance: memberIn(box).balance };
	return box.save({ ...order, data: { ...order.data, decided }, next: [] });
}

/**
 * @param after sandbox milliseconds until the callback leaves; undefined for the usual delay
 * @returns when it has been tried once
 * @throws Refusal
 */
export function decide(
	order: TransactionOrder,
	outcome: string,
	box: Box,
	after?: number,
): Promise<void> {
	if (isLeft(outcome)) {
		leave(order, box);
		return Promise.resolve();
	}
	const done = ended(order, outcome, box);
	const { callbackTo } = box.settings;
	if (callbackTo === undefined) return Promise.resolve();
	return box.callback(done, { ...resultOf(done, box), to: callbackTo, after });
}

function resultOf(order: TransactionOrder, box: Box): Omit<CallbackSaid, 'to'> {
	const { decided, number, price, sn, reason } = order.data;
	const purchase = purchaseOf(order);
	const { balance = 0, at } = decided ?? {};
	const values = valuesOf(purchase, { number, price, sn, balance });
	const text = { 'message.message': textNow(order, box) };
	if (decided?.state === 'Success')
		return box.settings.variants.includes('malformed')
			? malformedResult(values, box, at)
			: { event: 'khoins/transaction-success', set: { ...values, ...text } };
	const { trxid: refid, kodeproduk: product, tujuan } = purchase;
	return {
		event: 'khoins/transaction-failed',
		set: { refid, product, 'message.tujuan': tujuan, reason: textOf(reason, {}, box), ...text },
	};
}

function malformedResult(
	{ 'message.tujuan': to = null, ...values }: ValueObject,
	box: Box,
	at?: number,
): Omit<CallbackSaid, 'to'> {
	const all = { ...values, to };
	const message = filled(malformed.derive.message, all, box, at);
	return { event: 'khoins/transaction-malformed', set: { ...all, message } };
}
