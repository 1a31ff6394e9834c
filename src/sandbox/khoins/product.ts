import { createHash } from 'node:crypto';
import { nearestName } from '../../model/suggest.ts';
import type { Box, Call } from '../provider.ts';
import { facts } from './facts.ts';
import { type TextName, textOf } from './text.ts';

export type Product = (typeof facts.products.rows)[number];

export const products: readonly Product[] = [...facts.products.rows, ...facts.products.ownRows];

export const { inquiry: inquiryPrefix, payment: paymentPrefix } = facts.products.prefixes;

/** The code without INQ or PAY. */
export const bareCode = (kodeproduk: string): string =>
	[inquiryPrefix, paymentPrefix].some((prefix) => kodeproduk.startsWith(prefix))
		? kodeproduk.slice(inquiryPrefix.length)
		: kodeproduk;

/** Whether it is answered with the result: a bill, or an amount that is free. */
export const isFinalAtOnce = ({ postpaid, free_denom }: Product): boolean =>
	postpaid === 1 || free_denom === 1;

/** A reason to refuse, where it is not sold so. */
export function productOf(
	kodeproduk: string,
	call: Call,
	box: Box,
): Product | { readonly reason: TextName } {
	const code = bareCode(kodeproduk);
	const hasPrefix = code !== kodeproduk;
	const isAny = box.settings.variants.includes('any-product');
	const found =
		products.find((one) => one.code === code) ?? (isAny ? anyOne(code, hasPrefix) : undefined);
	if (found !== undefined && isFinalAtOnce(found) === hasPrefix) return found;
	if (found !== undefined && !hasPrefix) {
		call.note(`${code} is bought with INQ${code} and PAY${code}`);
		return { reason: 'needs-prefix' };
	}
	const known = products.map((one) => one.code);
	const near = nearestName(code, known);
	call.note(
		found === undefined
			? `there is no product ${code}${near === undefined ? '.' : `; did you mean ${near}?`} Here are ${known.join(', ')}; callsim sandbox khoins --variant any-product sells any`
			: `${code} is prepaid: it is bought without INQ and PAY`,
	);
	return { reason: 'unknown-product' };
}

function anyOne(code: string, isBill: boolean): Product {
	const [first] = products as [Product];
	const price = facts.rules.anyPrice;
	const provider = { ...first.provider, destination_prefixes: '' };
	return { ...first, code, name: code, postpaid: isBill ? 1 : 0, price, provider };
}

/** What a customer owes: the same at every inquiry. */
function billOf(tujuan: string): number {
	const hash = createHash('md5').update(tujuan).digest('hex');
	return 25_000 + Number.parseInt(hash.slice(0, 4), 16);
}

/** What is sold, without what it costs. */
export function amountOf(product: Product, tujuan: string, qty: number): number {
	if (product.free_denom === 1) return qty;
	return isFinalAtOnce(product) ? billOf(tujuan) : 0;
}

export function serialOf(
	product: Product,
	{ tujuan, amount, isInquiry }: { tujuan: string; amount: number; isInquiry: boolean },
	box: Box,
): string {
	const { customer: name, bank, sender } = facts.rules;
	const { admin, name: service } = product;
	if (product.free_denom === 1)
		return textOf(
			isInquiry ? 'sn-transfer-inquiry' : 'sn-transfer',
			{ name, tujuan, bank, sender, admin, qty: amount },
			box,
		);
	if (isFinalAtOnce(product))
		return textOf(
			isInquiry ? 'sn-bill-inquiry' : 'sn-bill',
			{ name, tujuan, service, admin, bill: amount, total: amount + admin },
			box,
		);
	return textOf(product.product_type === 'PULSA' ? 'sn-pulsa' : 'sn-token', { name }, box);
}
