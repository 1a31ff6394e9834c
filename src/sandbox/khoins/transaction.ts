import failed from '../../../fixtures/khoins/transaction-failed.json' with { type: 'json' };
import success from '../../../fixtures/khoins/transaction-success.json' with { type: 'json' };
import type { ValueObject } from '../../model/value.ts';
import type { Order } from '../order.ts';
import type { Box, Reply } from '../provider.ts';
import { type Decided, stateOf } from './deciding.ts';
import { ok } from './request.ts';
import { filled, type TextName, textOf } from './text.ts';

export interface Transaction {
	/** As it was asked for, with INQ or PAY. */
	readonly kodeproduk: string;
	readonly tujuan: string;
	/** KHOINS' running number. */
	readonly number: number;
	/** Whole rupiah. */
	readonly price: number;
	readonly sn: string;
	/** Why it fails, where it does. */
	readonly reason: TextName;
	readonly decided?: Decided | undefined;
}

export type TransactionOrder = Order<Transaction>;
export const kind = 'transaction';

/** What the shop asks for. */
export interface Purchase {
	readonly trxid: string;
	readonly kodeproduk: string;
	readonly tujuan: string;
}

/** Under the names that the catalogue's events have for them. */
export const valuesOf = (
	{ trxid, kodeproduk, tujuan }: Purchase,
	{ number, price, sn, balance }: { number: number; price: number; sn: string; balance: number },
): ValueObject => ({
	refid: trxid,
	id: String(number),
	product: kodeproduk,
	'message.tujuan': tujuan,
	price,
	sn,
	balance,
});

/** The text of a success, as its callback carries it. */
const successText = (values: ValueObject, box: Box, at?: number): string =>
	filled(success.derive['message.message'], values, box, at);

const failedText = ({ trxid, kodeproduk, tujuan }: Purchase, reason: string, box: Box): string =>
	filled(
		failed.derive['message.message'],
		{ refid: trxid, product: kodeproduk, 'message.tujuan': tujuan, reason },
		box,
	);

export const purchaseOf = ({ reference, data }: TransactionOrder): Purchase => ({
	trxid: reference,
	kodeproduk: data.kodeproduk,
	tujuan: data.tujuan,
});

/** What there is to say of it now. */
export function textNow(order: TransactionOrder, box: Box): string {
	const { decided, number, price, sn, reason } = order.data;
	const purchase = purchaseOf(order);
	if (decided === undefined) {
		const { trxid, kodeproduk: product, tujuan } = purchase;
		const isLiteral = box.settings.variants.includes('literal-pending');
		return textOf(isLiteral ? 'pending-literal' : 'pending', { trxid, product, tujuan }, box);
	}
	const { state, balance, at } = decided;
	return state === 'Success'
		? successText(valuesOf(purchase, { number, price, sn, balance }), box, at)
		: failedText(purchase, textOf(reason, {}, box), box);
}

const answer = ({ trxid, tujuan }: Purchase, status: string, message: string): Reply =>
	ok({ tujuan, trxid, status, message });

export const answerOf = (order: TransactionOrder, box: Box): Reply =>
	answer(purchaseOf(order), stateOf(order), textNow(order, box));

export const refusal = (purchase: Purchase, reason: string, box: Box): Reply =>
	answer(purchase, 'Gagal', failedText(purchase, reason, box));

/** An inquiry is no transaction: nothing is taken, and nothing is left of it. */
export function inquiryAnswer(
	purchase: Purchase,
	{ number, sn, balance }: { number: number; sn: string; balance: number },
	box: Box,
): Reply {
	const values = valuesOf(purchase, { number, price: 0, sn, balance });
	return answer(purchase, 'Success', successText(values, box));
}
