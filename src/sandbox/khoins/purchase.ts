import type { Box, Call, Reply } from '../provider.ts';
import { memberIn } from './member.ts';
import { bareCode, inquiryPrefix, isFinalAtOnce, type Product, productOf } from './product.ts';
import { credentials, missingIn, valueIn } from './request.ts';
import { textOf } from './text.ts';
import {
	answerOf,
	type Purchase,
	purchaseOf,
	refusal,
	type Transaction,
	type TransactionOrder,
} from './transaction.ts';

/** What is known of a trxid. */
export interface Used {
	/** Without INQ and PAY. */
	readonly code: string;
	readonly tujuan: string;
	/** Of its inquiry. */
	readonly inquiry?: Reply | undefined;
	/** Id of its transaction. */
	readonly order?: string | undefined;
}

const usedOf = (trxid: string, box: Box): Used | undefined => box.remembered<Used>('trxid', trxid);

export function use({ trxid, kodeproduk, tujuan }: Purchase, more: Partial<Used>, box: Box): void {
	const code = bareCode(kodeproduk);
	box.remember('trxid', trxid, { ...usedOf(trxid, box), code, tujuan, ...more });
	if (more.inquiry !== undefined) box.remember('inquiry', `${code} ${tujuan}`, true);
}

export const isInquired = ({ kodeproduk, tujuan }: Purchase, box: Box): boolean =>
	box.remembered('inquiry', `${bareCode(kodeproduk)} ${tujuan}`) === true;

/** What is asked for and sold, or the answer where nothing is: refused, or known already. */
export function purchaseIn(
	call: Call,
	box: Box,
): { readonly purchase: Purchase; readonly product: Product } | Reply {
	const purchase: Purchase = {
		trxid: valueIn(call, 'trxid'),
		kodeproduk: valueIn(call, 'kodeproduk'),
		tujuan: valueIn(call, 'tujuan'),
	};
	const missing = missingIn(call, ['tujuan', 'trxid', 'kodeproduk', ...credentials]);
	if (missing !== undefined)
		return refusal(purchase, textOf('empty', { field: missing }, box), box);
	const again = repeated(purchase, call, box);
	if (again !== undefined) return again;
	const product = productOf(purchase.kodeproduk, call, box);
	if ('reason' in product) {
		const reason = textOf(product.reason, { product: bareCode(purchase.kodeproduk) }, box);
		return refusal(purchase, reason, box);
	}
	tellPrefix(product, purchase, call);
	return { purchase, product };
}

/** The same once more buys nothing; something else under its trxid is refused. */
function repeated(purchase: Purchase, call: Call, box: Box): Reply | undefined {
	const { trxid, kodeproduk, tujuan } = purchase;
	const used = usedOf(trxid, box);
	if (used === undefined) return undefined;
	const order: TransactionOrder | undefined =
		used.order === undefined ? undefined : box.order<Transaction>(used.order);
	const isInquiry = kodeproduk.startsWith(inquiryPrefix);
	const isSame =
		used.code === bareCode(kodeproduk) &&
		used.tujuan === tujuan &&
		(isInquiry || order === undefined || purchaseOf(order).kodeproduk === kodeproduk);
	if (!isSame) {
		call.note(`trxid ${trxid} was used for ${used.code} to ${used.tujuan}`);
		return refusal(purchase, textOf('used-trxid', {}, box), box);
	}
	if (isInquiry) return used.inquiry;
	if (order === undefined) return undefined;
	call.about(order);
	return answerOf(order, box);
}

function tellPrefix(product: Product, { tujuan }: Purchase, call: Call): void {
	const { code, provider } = product;
	const prefixes = provider.destination_prefixes;
	if (
		!isFinalAtOnce(product) &&
		prefixes !== '' &&
		!prefixes.split(',').some((prefix) => tujuan.startsWith(prefix))
	)
		call.advise(
			`tujuan ${tujuan} begins with none of ${code}'s prefixes ${prefixes}; it goes through here`,
		);
}

export function unaffordable(purchase: Purchase, price: number, call: Call, box: Box): Reply {
	call.note(
		`the deposit is ${memberIn(box).balance}, the price ${price}: callsim sandbox balance khoins 1000000`,
	);
	return refusal(purchase, textOf('low-balance', {}, box), box);
}
