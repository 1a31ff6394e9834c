import { createHash } from 'node:crypto';
import type { Mistake } from '../mistake.ts';
import { canonicalOf, type Recipe } from '../recipe.ts';
import { separated } from './texts.ts';

const separators = ['/', '.', '_', '#', '+', '*', '~', '^', '!', '@', '=', '\t', '\r\n', '\0'];
const longer = [', ', '; ', ': ', ' - ', '::', '&&', '--', '|||', '%7C', '\\n', '\\|'];

const text = (
	code: string,
	said: string,
	hint: string,
	of: (recipe: Recipe) => string,
): Mistake => ({
	code,
	said,
	php: hint,
	js: hint,
	apply: (recipe) => ({ ...recipe, text: of(recipe) }),
});

const joined = 'implode("|", $values), values.join("|")';
const pairs = (recipe: Recipe, one: (name: string, value: string) => string, join: string) =>
	recipe.parts.map((part) => one(part.name, part.text)).join(join);
const python = (value: string) =>
	value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value.replaceAll("'", "\\'")}'`;
const php = (value: string) => `s:${Buffer.byteLength(value)}:"${value}";`;

/** The right values in texts that are rarer, tried alone. */
export const rareTextMistakes: readonly Mistake[] = [
	...[...separators, ...longer].map(separated),
	...['&', ',', ';', ':', '\n', ''].flatMap((join) =>
		['=', ':', ''].map((sign) =>
			text('name-value', `over name${sign}value pairs instead of the values`, joined, (recipe) =>
				pairs(recipe, (name, value) => `${name}${sign}${value}`, join),
			),
		),
	),
	text('json-serialised', 'over a JSON list of the values', joined, ({ parts }) =>
		JSON.stringify(parts.map((part) => part.text)),
	),
	text(
		'json-serialised',
		"over a JSON list of the values with Python's blanks",
		joined,
		(recipe) => `[${recipe.parts.map((part) => JSON.stringify(part.text)).join(', ')}]`,
	),
	text('json-serialised', 'over indented JSON', joined, (recipe) =>
		JSON.stringify(Object.fromEntries(recipe.parts.map((part) => [part.name, part.text])), null, 2),
	),
	text(
		'dumped',
		'over a Python dict as a text',
		joined,
		(recipe) => `{${pairs(recipe, (name, value) => `'${name}': ${python(value)}`, ', ')}}`,
	),
	text(
		'dumped',
		'over a Python list as a text',
		joined,
		({ parts }) => `[${parts.map((part) => python(part.text)).join(', ')}]`,
	),
	text('dumped', "over PHP's serialize()", joined, (recipe) => {
		const fields = pairs(recipe, (name, value) => `${php(name)}${php(value)}`, '');
		return `a:${recipe.parts.length}:{${fields}}`;
	}),
	text('dumped', 'over the word Array, as PHP prints one', joined, () => 'Array'),
	text('dumped', 'over [object Object]', joined, () => '[object Object]'),
	text('dumped', 'over an empty text', joined, () => ''),
	text(
		'leading-separator',
		'with a separator before the first value',
		joined,
		(recipe) => `${recipe.join}${canonicalOf(recipe)}`,
	),
	text(
		'leading-separator',
		'with separators around the values',
		joined,
		(recipe) => `${recipe.join}${canonicalOf(recipe)}${recipe.join}`,
	),
	...['\r\n', ' ', '\0', '\n\n'].map((end) =>
		text(
			'trailing-newline',
			'with something invisible behind the text',
			joined,
			(recipe) => `${canonicalOf(recipe)}${end}`,
		),
	),
	text(
		'text-quoted',
		'with quotes around the text',
		joined,
		(recipe) => `"${canonicalOf(recipe)}"`,
	),
	text(
		'text-quoted',
		'with quotes around the text',
		joined,
		(recipe) => `'${canonicalOf(recipe)}'`,
	),
	text('text-encoded', 'over the text in base64', joined, (recipe) =>
		Buffer.from(canonicalOf(recipe)).toString('base64'),
	),
	text('text-encoded', 'over the text in hex', joined, (recipe) =>
		Buffer.from(canonicalOf(recipe)).toString('hex'),
	),
	text('text-encoded', 'over the text, percent-encoded', joined, (recipe) =>
		encoded(canonicalOf(recipe)),
	),
	text('text-encoded', 'over the text, URL-encoded', joined, (recipe) =>
		new URLSearchParams({ v: canonicalOf(recipe) }).toString().slice(2),
	),
	...['md5', 'sha1', 'sha256', 'sha512'].flatMap((algorithm) =>
		(['hex', 'base64'] as const).map((form) =>
			text('hashed-twice', `over the ${algorithm} of the text`, joined, (recipe) =>
				createHash(algorithm).update(canonicalOf(recipe)).digest(form),
			),
		),
	),
	{
		code: 'utf16-bytes',
		said: 'over UTF-16 instead of UTF-8',
		php: 'no mb_convert_encoding() on the signed text',
		js: 'update(text, "utf8"); in C# Encoding.UTF8, not Encoding.Unicode',
		apply: (recipe) => ({ ...recipe, bytes: 'utf16le' }),
	},
	...(['sha256=', 'sha512=', 'hmac-sha256=', 'v1=', '0x'] as const).map(
		(prefix): Mistake => ({
			code: 'signature-prefixed',
			said: `right, but with ${prefix} before it`,
			php: `without "${prefix}"`,
			js: `without "${prefix}"`,
			apply: (recipe) => ({ ...recipe, prefix: `${prefix}${recipe.prefix}` }),
		}),
	),
	...(
		[
			['base64url', 'in base64url'],
			['base64 of hex', 'in base64 of its hex'],
		] as const
	).map(
		([as, said]): Mistake => ({
			code: 'signature-base64',
			said: `right, but written ${said}`,
			php: 'hash_hmac(…, …, …) without the fourth argument, no base64_encode()',
			js: 'digest("hex")',
			apply: (recipe) => ({ ...recipe, as }),
		}),
	),
];

function encoded(value: string): string {
	try {
		return encodeURIComponent(value).replace(
			/[!'()*]/g,
			(one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
		);
	} catch {
		return value;
	}
}
