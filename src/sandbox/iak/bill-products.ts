import type { ValueObject } from '../../model/value.ts';
import { facts } from './facts.ts';

export interface BillProduct {
	readonly code: string;
	readonly name: string;
	readonly type: string;
	readonly province?: string;
	/** Test numbers, `nn` for their last two digits. */
	readonly numbers?: string;
	/** Numbers that succeed whatever they end in. */
	readonly always?: readonly string[];
	/** Rupiah a bill: what the shop keeps of the price. */
	readonly commission: number;
	/** Fields that an inquiry needs beside the usual ones. */
	readonly needs?: readonly string[];
	/** Whether the shop says the amount: `desc.amount`. */
	readonly hasOwnAmount?: boolean;
	readonly one: BillSample;
	readonly several?: BillSample;
	/** What a payment's `desc` has more than an inquiry's, and each of its bills. */
	readonly paid?: ValueObject;
	readonly paidDetail?: ValueObject;
}

export interface BillSample {
	readonly count?: number;
	readonly period: string;
	readonly nominal: number;
	readonly admin: number;
	readonly desc: ValueObject;
}

export const billProducts = facts.bills.products as readonly BillProduct[];

export const billProductOf = (code: string): BillProduct | undefined =>
	billProducts.find((product) => product.code === code);

/** What becomes of a number, and at which stage; undefined where it succeeds. */
export function ruleOf({ always = [] }: BillProduct, number: string) {
	return always.includes(number)
		? undefined
		: facts.bills.digits.rows.find(({ digit }) => number.endsWith(digit));
}

/** Undefined for one of the product's test numbers; else those that there are. */
export function testNumbers(
	{ numbers, always = [] }: BillProduct,
	number: string,
): string | undefined {
	const [head = '', tail] = numbers?.split('nn') ?? [];
	const isListed = tail !== undefined && new RegExp(`^${head}0[1-8]$`).test(number);
	if (isListed || always.includes(number)) return undefined;
	const range = numbers === undefined ? [] : [`${head}01 to ${head}08`];
	return [...range, ...always].join(', ');
}
