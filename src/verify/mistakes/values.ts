import { jsonText } from '../../compose/write-json.ts';
import { own } from '../../model/own.ts';
import { isLossless, type Value } from '../../model/value.ts';
import type { Mistake, MistakeContext } from '../mistake.ts';
import { withParts } from './change.ts';
import { numberIn } from './number-in.ts';
import type { ValueChange } from './value-change.ts';

const asWord = (code: string, word: string, js: string): ValueChange => ({
	code,
	how: `written as the word ${word} where empty`,
	php: '$value ?? ""',
	js,
	change: (text) => (text === '' ? word : text),
});

/** Values that were changed on their way into the signed text. */
export const valueChanges: readonly ValueChange[] = [
	{
		code: 'number-reprinted',
		how: 'printed anew as a number (60.00 became 60)',
		php: '$payload["amount"] as the string it came, no (float) or + 0',
		js: 'payload.amount as the string it came, no Number() or parseFloat()',
		change: numberIn(String),
	},
	{
		code: 'two-decimals',
		how: 'given two decimals',
		php: 'no number_format() on a signed value',
		js: 'no toFixed(2) on a signed value',
		change: numberIn((number) => number.toFixed(2)),
	},
	{
		code: 'one-decimal',
		how: 'given one decimal, as Python prints a float',
		php: 'no (float) on a signed value',
		js: 'the string as it came; in Python no float()',
		change: numberIn((number) => number.toFixed(1)),
	},
	asWord('none-as-text', 'None', 'in Python: value or ""'),
	{
		code: 'trimmed',
		how: 'trimmed',
		php: 'sign $value, not trim($value); look for TrimStrings in Laravel',
		js: 'sign value, not value.trim()',
		change: (text) => text.trim(),
	},
	{
		code: 'slashes',
		how: 'given backslashes before quotes, as WordPress adds them',
		php: 'wp_unslash($_POST)',
		js: 'undo the slashes before signing',
		change: (text) => text.replace(/[\\'"]/g, '\\$&'),
	},
	asWord('null-as-text', 'null', 'value ?? ""'),
	asWord('undefined-as-text', 'undefined', 'value ?? ""'),
	{
		code: 'lower-case',
		how: 'in lower case',
		php: 'no strtolower() on signed values',
		js: 'no toLowerCase() on signed values',
		change: (text) => text.toLowerCase(),
	},
	{
		code: 'upper-case',
		how: 'in upper case',
		php: 'no strtoupper() on signed values',
		js: 'no toUpperCase() on signed values',
		change: (text) => text.toUpperCase(),
	},
	{
		code: 'not-decoded',
		how: 'still URL-encoded',
		php: '$_POST is decoded; php://input is not',
		js: 'URLSearchParams decodes; the raw body is not decoded',
		change: (text) => new URLSearchParams({ v: text }).toString().slice(2),
	},
	{
		code: 'percent-encoded',
		how: 'percent-encoded',
		php: 'no rawurlencode() on signed values',
		js: 'no encodeURIComponent() on signed values',
		change: (text) => safely(() => encodeURIComponent(text), text),
	},
	{
		code: 'plus-for-blank',
		how: 'written with + in place of blanks',
		php: 'parse_str() or $_POST instead of own splitting',
		js: 'URLSearchParams instead of decodeURIComponent on the raw body',
		change: (text) => text.replaceAll(' ', '+'),
	},
	{
		code: 'decoded-twice',
		how: 'URL-decoded twice',
		php: 'no urldecode() on $_POST',
		js: 'no decodeURIComponent() behind URLSearchParams',
		change: (text) => safely(() => decodeURIComponent(text.replaceAll('+', ' ')), text),
	},
	{
		code: 'html-escaped',
		how: 'HTML-escaped',
		php: 'sign before htmlspecialchars()',
		js: 'sign before escaping',
		change: (text) =>
			text
				.replaceAll('&', '&amp;')
				.replaceAll('<', '&lt;')
				.replaceAll('>', '&gt;')
				.replaceAll('"', '&quot;')
				.replaceAll("'", '&#039;'),
	},
	{
		code: 'latin1',
		how: 'read as Latin-1 and written as UTF-8 once more',
		php: 'no utf8_encode() on signed values',
		js: 'Buffer.from(text, "utf8"), not "latin1"',
		change: (text) => Buffer.from(text, 'utf8').toString('latin1'),
	},
];

/** Values as JSON has them: what a text alone does not tell. */
export function jsonValueMistakes({ values }: MistakeContext): Mistake[] {
	const printed = (code: string, said: string, hint: string, js: string, of: typeof written) => ({
		code,
		said,
		php: hint,
		js,
		apply: (recipe: Parameters<Mistake['apply']>[0]) =>
			withParts(
				recipe,
				recipe.parts.map((part) => ({ ...part, text: of(own(values, part.name)) ?? part.text })),
			),
	});
	return [
		printed(
			'number-as-written',
			'over the digits of a JSON number as they were written (a decoded 60.00 reads 60)',
			'send the amount as a string, or sign it as json_decode() gives it',
			'send the amount as a string, or sign it as JSON.parse() gives it',
			written,
		),
		printed(
			'json-value',
			'over values printed as JSON prints them',
			'implode the values, do not json_encode each',
			'String(value), not JSON.stringify(value)',
			(value) => (value === undefined || value === null ? undefined : jsonText(value)),
		),
	];
}

const written = (value: Value | undefined): string | undefined =>
	isLossless(value) ? value.value : undefined;

function safely(change: () => string, otherwise: string): string {
	try {
		return change();
	} catch {
		return otherwise;
	}
}
