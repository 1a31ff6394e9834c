import { numberIn } from './number-in.ts';
import type { ValueChange } from './value-change.ts';

type Format = readonly [code: string, how: string, change: (text: string) => string];

const grouped = (text: string, group: string, point: string): string => {
	const [whole = '', decimals] = text.split('.');
	const groups = whole.replace(/\B(?=(\d{3})+$)/g, group);
	return decimals === undefined ? groups : `${groups}${point}${decimals}`;
};
const cents = (text: string): string => {
	const [whole = '', decimals = ''] = text.split('.');
	return decimals.length > 2 ? text : `${whole}${decimals.padEnd(2, '0')}`.replace(/^0+(?=\d)/, '');
};
const twoDecimals = numberIn((number) => number.toFixed(2));
const rounded = numberIn((number) => String(Math.round(number)));

/** Sums as shops print or keep them. */
const formats: readonly Format[] = [
	['thousands-separator', 'with a comma between thousands', (text) => grouped(text, ',', '.')],
	[
		'thousands-separator',
		'with points between thousands and a comma',
		(text) => grouped(text, '.', ','),
	],
	[
		'thousands-separator',
		'with blanks between thousands and a comma',
		(text) => grouped(text, ' ', ','),
	],
	['thousands-separator', 'with blanks between thousands', (text) => grouped(text, ' ', '.')],
	['thousands-separator', 'with apostrophes between thousands', (text) => grouped(text, "'", '.')],
	[
		'thousands-separator',
		'with two decimals and a comma between thousands',
		(text) => grouped(twoDecimals(text), ',', '.'),
	],
	[
		'thousands-separator',
		'with two decimals, points between thousands and a comma',
		(text) => grouped(twoDecimals(text), '.', ','),
	],
	[
		'thousands-separator',
		'rounded, with a comma between thousands',
		(text) => grouped(rounded(text), ',', ''),
	],
	[
		'thousands-separator',
		'rounded, with points between thousands',
		(text) => grouped(rounded(text), '.', ''),
	],
	['decimal-comma', 'with a comma for the point', (text) => text.replace('.', ',')],
	['amount-in-cents', 'in cents', cents],
	['amount-in-cents', 'divided by a hundred', numberIn((number) => (number / 100).toFixed(2))],
	['amount-in-cents', 'divided by a hundred', numberIn((number) => String(number / 100))],
	['amount-rounded', 'rounded', rounded],
	['amount-rounded', 'without its decimals', numberIn((number) => String(Math.trunc(number)))],
	['amount-rounded', 'rounded up', numberIn((number) => String(Math.ceil(number)))],
	...[1, 3, 4].map(
		(digits): Format => [
			'amount-rounded',
			`with ${digits} decimal${digits === 1 ? '' : 's'}`,
			numberIn((number) => number.toFixed(digits)),
		],
	),
	...['RM', 'RM ', 'MYR', 'MYR ', 'Rp', 'Rp ', 'Rp. ', 'IDR', 'IDR ', '$'].map(
		(currency): Format => [
			'amount-with-currency',
			`behind ${currency.trim()}`,
			(text) => `${currency}${text}`,
		],
	),
];

export const amountFormats: readonly ValueChange[] = formats.map(([code, how, change]) => ({
	code,
	how,
	php: 'the amount as the string it came',
	change,
}));
