import type { Mistake, MistakeContext } from '../mistake.ts';
import { mapText } from './change.ts';

type Format = readonly [code: string, said: string, change: (text: string) => string];

const grouped = (text: string, group: string, point: string): string => {
	const [whole = '', decimals] = text.split('.');
	const groups = whole.replace(/\B(?=(\d{3})+$)/g, group);
	return decimals === undefined ? groups : `${groups}${point}${decimals}`;
};
const cents = (text: string): string => {
	const [whole = '', decimals = ''] = text.split('.');
	return decimals.length > 2 ? text : `${whole}${decimals.padEnd(2, '0')}`.replace(/^0+(?=\d)/, '');
};

/** Sums as shops print or keep them. */
const amountFormats: readonly Format[] = [
	['thousands-separator', 'with a comma between thousands', (text) => grouped(text, ',', '.')],
	[
		'thousands-separator',
		'with points between thousands and a comma',
		(text) => grouped(text, '.', ','),
	],
	['decimal-comma', 'with a comma for the point', (text) => text.replace('.', ',')],
	['amount-in-cents', 'in cents', cents],
];

const parts = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/;

/** Times as date classes print them, once they have read them. */
function timeFormats(zone: string): Format[] {
	const instant = (text: string) => Date.parse(`${text.replace(' ', 'T')}${zone}`);
	const reformatted = (how: string, change: (text: string) => string): Format => [
		'time-reformatted',
		`written ${how}`,
		(text) => (parts.test(text) ? change(text) : text),
	];
	return [
		reformatted('in ISO form', (text) => text.replace(' ', 'T')),
		reformatted('in ISO form with its zone', (text) => `${text.replace(' ', 'T')}${zone}`),
		reformatted('in ISO form with Z', (text) => `${text.replace(' ', 'T')}Z`),
		reformatted('in ISO form with Z and milliseconds', (text) => `${text.replace(' ', 'T')}.000Z`),
		reformatted('as toISOString() does, in UTC', (text) => new Date(instant(text)).toISOString()),
		reformatted('in UTC', (text) =>
			new Date(instant(text)).toISOString().slice(0, 19).replace('T', ' '),
		),
		reformatted('as seconds since 1970', (text) => String(instant(text) / 1_000)),
		reformatted('without its seconds', (text) => text.slice(0, -3)),
		reformatted('as a date alone', (text) => text.slice(0, 10)),
		reformatted('with the day first', (text) => text.replace(parts, '$3/$2/$1 $4:$5:$6')),
		reformatted('with the day first', (text) => text.replace(parts, '$3-$2-$1 $4:$5:$6')),
	];
}

/** One value that was read, and printed in another format. */
export function formatMistakes({ signed, amountField, zone }: MistakeContext): Mistake[] {
	const amounts = signed
		.filter((name) => name === amountField)
		.map((name) => ({ name, formats: amountFormats }));
	const times = signed.map((name) => ({ name, formats: timeFormats(zone) }));
	return [...amounts, ...times].flatMap(({ name, formats }) =>
		formats.map(
			([code, said, change]): Mistake => ({
				code,
				said: `with ${name} ${said}`,
				php: `sign $payload["${name}"] as the string it came`,
				js: `sign payload.${name} as the string it came`,
				apply: (recipe) => mapText(recipe, name, change),
			}),
		),
	);
}
