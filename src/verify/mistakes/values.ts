import { jsonText } from '../../compose/write-json.ts';
import { own } from '../../model/own.ts';
import { isLossless, type Value } from '../../model/value.ts';
import type { Mistake, MistakeContext } from '../mistake.ts';
import { mapText, mapTexts, withParts } from './change.ts';

const ifNumber = (change: (number: number) => string) => (text: string) =>
	/^-?\d+(\.\d+)?$/.test(text) ? change(Number(text)) : text;
const reprinted = ifNumber(String);
const twoDecimals = ifNumber((number) => number.toFixed(2));
const oneDecimal = ifNumber((number) => number.toFixed(1));

/** The same changes to a single value: one field that was cast, the others as they came. */
export function oneValueMistakes({ signed }: MistakeContext): Mistake[] {
	const changes: readonly [string, string, (text: string) => string][] = [
		['number-reprinted', 'printed anew as a number', reprinted],
		['two-decimals', 'given two decimals', twoDecimals],
		['one-decimal', 'given one decimal, as Python prints it', oneDecimal],
		['trimmed', 'trimmed', (text) => text.trim()],
		['lower-case', 'in lower case', (text) => text.toLowerCase()],
		['upper-case', 'in upper case', (text) => text.toUpperCase()],
	];
	return changes.flatMap(([code, said, change]) =>
		signed.map((name) => ({
			code,
			said: `with ${name} ${said}`,
			php: `sign $payload["${name}"] as the string it came`,
			js: `sign payload.${name} as the string it came`,
			apply: (recipe) => mapText(recipe, name, change),
		})),
	);
}

/** Values that were changed on their way into the signed text. */
export function valueMistakes(given: MistakeContext): Mistake[] {
	const each = (
		code: string,
		said: string,
		php: string,
		js: string,
		change: (text: string) => string,
	): Mistake => ({
		code,
		said,
		php,
		js,
		apply: (recipe) => mapTexts(recipe, change),
	});
	return [
		each(
			'number-reprinted',
			'with numbers printed anew (60.00 became 60)',
			'$payload["amount"] as the string it came, no (float) or + 0',
			'payload.amount as the string it came, no Number() or parseFloat()',
			reprinted,
		),
		each(
			'two-decimals',
			'with numbers given two decimals',
			'no number_format() on a signed value',
			'no toFixed(2) on a signed value',
			twoDecimals,
		),
		each(
			'one-decimal',
			'with whole numbers given one decimal, as Python prints a float',
			'no (float) on a signed value',
			'the string as it came; in Python no float()',
			oneDecimal,
		),
		each(
			'none-as-text',
			'with the word None for empty values',
			'$value ?? ""',
			'in Python: value or ""',
			(text) => (text === '' ? 'None' : text),
		),
		{
			code: 'number-as-written',
			said: 'over the digits of a JSON number as they were written (a decoded 60.00 reads 60)',
			php: 'send the amount as a string, or sign it as json_decode() gives it',
			js: 'send the amount as a string, or sign it as JSON.parse() gives it',
			apply: (recipe) =>
				withParts(
					recipe,
					recipe.parts.map((part) => {
						const value = own(given.values, part.name);
						return isLossless(value) ? { ...part, text: value.value } : part;
					}),
				),
		},
		each(
			'trimmed',
			'with the values trimmed',
			'sign $value, not trim($value); look for TrimStrings in Laravel',
			'sign value, not value.trim()',
			(text) => text.trim(),
		),
		each(
			'slashes',
			'with backslashes before quotes, as WordPress adds them',
			'wp_unslash($_POST)',
			'undo the slashes before signing',
			(text) => text.replace(/[\\'"]/g, '\\$&'),
		),
		each(
			'null-as-text',
			'with the word null for empty values',
			'$value ?? ""',
			'value ?? ""',
			(text) => (text === '' ? 'null' : text),
		),
		each(
			'undefined-as-text',
			'with the word undefined for empty values',
			'$value ?? ""',
			'value ?? ""',
			(text) => (text === '' ? 'undefined' : text),
		),
		each(
			'lower-case',
			'over lower-case values',
			'no strtolower() on signed values',
			'no toLowerCase() on signed values',
			(text) => text.toLowerCase(),
		),
		each(
			'upper-case',
			'over upper-case values',
			'no strtoupper() on signed values',
			'no toUpperCase() on signed values',
			(text) => text.toUpperCase(),
		),
		each(
			'not-decoded',
			'over values that were still URL-encoded',
			'$_POST is decoded; php://input is not',
			'URLSearchParams decodes; the raw body is not decoded',
			(text) => new URLSearchParams({ v: text }).toString().slice(2),
		),
		each(
			'percent-encoded',
			'over percent-encoded values',
			'no rawurlencode() on signed values',
			'no encodeURIComponent() on signed values',
			(text) => encodeURIComponent(text),
		),
		each(
			'plus-for-blank',
			'with + in place of blanks',
			'parse_str() or $_POST instead of own splitting',
			'URLSearchParams instead of decodeURIComponent on the raw body',
			(text) => text.replaceAll(' ', '+'),
		),
		each(
			'decoded-twice',
			'over values that were URL-decoded twice',
			'no urldecode() on $_POST',
			'no decodeURIComponent() behind URLSearchParams',
			(text) => safely(() => decodeURIComponent(text.replaceAll('+', ' ')), text),
		),
		each(
			'html-escaped',
			'over HTML-escaped values',
			'sign before htmlspecialchars()',
			'sign before escaping',
			(text) =>
				text
					.replaceAll('&', '&amp;')
					.replaceAll('<', '&lt;')
					.replaceAll('>', '&gt;')
					.replaceAll('"', '&quot;')
					.replaceAll("'", '&#039;'),
		),
		each(
			'latin1',
			'over Latin-1 bytes read as UTF-8',
			'no utf8_encode() on signed values',
			'Buffer.from(text, "utf8"), not "latin1"',
			(text) => Buffer.from(text, 'utf8').toString('latin1'),
		),
		{
			code: 'json-value',
			said: 'over values printed as JSON prints them',
			php: 'implode the values, do not json_encode each',
			js: 'String(value), not JSON.stringify(value)',
			apply: (recipe) =>
				withParts(
					recipe,
					recipe.parts.map((part) => ({
						...part,
						text: jsonOf(own(given.values, part.name)) ?? part.text,
					})),
				),
		},
	];
}

function safely(change: () => string, otherwise: string): string {
	try {
		return change();
	} catch {
		return otherwise;
	}
}

function jsonOf(value: Value | undefined): string | undefined {
	return value === undefined || value === null ? undefined : jsonText(value);
}
