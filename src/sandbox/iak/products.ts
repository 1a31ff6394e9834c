import { own } from '../../model/own.ts';
import { nearestName } from '../../model/suggest.ts';
import { facts } from './facts.ts';

export interface Product {
	readonly code: string;
	/** Decides what its serial looks like, and which event calls back. */
	readonly kind: string;
	/** Whose numbers it is for; undefined where any will do. */
	readonly operator: string | undefined;
	readonly description: string;
	readonly nominal: string;
	readonly price: number;
	readonly type: string;
	readonly category: string;
	/** Days. */
	readonly period: string;
	readonly isActive: boolean;
}

export const products: readonly Product[] = facts.products.groups
	.flatMap(({ rows, operator, ...group }) =>
		rows.map(
			([code, nominal, price, period = '0', off]): Product => ({
				...group,
				operator,
				code: String(code),
				nominal: String(nominal),
				price: Number(price),
				period: String(period),
				isActive: off === undefined,
			}),
		),
	)
	.sort((a, b) => (a.code < b.code ? -1 : 1));

const byCode = new Map(products.map((product) => [product.code, product]));

/**
 * The product of a code; for `pulsa10000` that of the number's operator.
 * @returns undefined where there is none
 */
export function productOf(code: string, number: string): Product | undefined {
	const [, nominal = ''] = /^pulsa(\d+)$/.exec(code) ?? [];
	if (!facts.products.autoDetect.nominals.includes(nominal)) return byCode.get(code);
	const operator = operatorOf(number);
	return operator === undefined
		? undefined
		: products.find(
				(one) => one.kind === 'pulsa' && one.operator === operator && one.nominal === nominal,
			);
}

/** `XL` of `0817777215`; the longest prefix that is known. */
export function operatorOf(number: string): string | undefined {
	const { claim: _, ...prefixes } = facts.products.prefixes;
	const local = number.replace(/^\+?62/, '0');
	return Object.entries(prefixes).find(([, known]) =>
		known.some((prefix) => local.startsWith(prefix)),
	)?.[0];
}

/** `gopay_e-money`: how an address of the price list names "GoPay E-Money". */
export const operatorKey = ({ description }: Product): string =>
	description.toLowerCase().replaceAll(' ', '_');

/** @param list the call that lists them */
export function unknownProduct(
	code: string,
	known: readonly { readonly code: string }[],
	list: string,
): string {
	const near = nearestName(
		code,
		known.map((one) => one.code),
	);
	const hint = near === undefined ? `those of the sandbox: ${list}` : `did you mean ${near}?`;
	return `no product has the code ${code}; ${hint}`;
}

export interface ProductKind {
	/** Events of the catalogue. */
	readonly success: string;
	readonly failed: string;
	readonly sn: string;
	readonly pin?: string;
}

export function kindOf(name: string): ProductKind {
	const kind = own<ProductKind>(facts.products.kinds, name);
	if (kind === undefined) throw new Error(`no kind of product "${name}"`);
	return kind;
}
