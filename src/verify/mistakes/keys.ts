import { createHash } from 'node:crypto';
import type { Mistake, MistakeContext } from '../mistake.ts';
import { changedKey } from './changed-key.ts';

const trim = 'trim the key: trim($key), key.trim()';
const quotes = 'take the quotes out of the environment file';
const asIs = 'use the key as it is';

/** What is made often enough to come with another mistake: the right text under another key. */
export function keyMistakes({ otherKeys }: MistakeContext): Mistake[] {
	return [
		{
			code: 'key-as-text',
			said: 'with the text of the key, not with the bytes that it stands for',
			php: "hex2bin($key), or base64_decode($key): as the provider's page says",
			js: "Buffer.from(key, 'hex'), or 'base64': as the provider's page says",
			apply: ({ keyForm, ...recipe }) => (keyForm === undefined ? undefined : recipe),
		},
		...otherKeys.map(({ name, text }) =>
			changedKey('wrong-key', `with ${name}`, 'check which key is configured', () => text),
		),
		{
			code: 'username-newline',
			said: 'with a line break behind the first credential',
			php: 'trim($username)',
			js: 'username.trim()',
			apply: (recipe) => {
				const [first, ...rest] = recipe.parts;
				if (first === undefined || first.text === recipe.key || recipe.join !== '')
					return undefined;
				return { ...recipe, parts: [{ ...first, text: `${first.text}\n` }, ...rest] };
			},
		},
		changedKey('key-newline', 'with a line break behind the key', trim, (key) => `${key}\n`),
		changedKey('key-crlf', 'with a Windows line break behind the key', trim, (key) => `${key}\r\n`),
		changedKey('key-blank', 'with a blank behind the key', trim, (key) => `${key} `),
		changedKey('key-blank-before', 'with a blank before the key', trim, (key) => ` ${key}`),
		changedKey('key-quotes', 'with quotes around the key', quotes, (key) => `"${key}"`),
		changedKey(
			'key-single-quotes',
			'with single quotes around the key',
			quotes,
			(key) => `'${key}'`,
		),
		changedKey('key-base64', 'with the key base64-encoded', asIs, (key) =>
			Buffer.from(key).toString('base64'),
		),
		changedKey('key-hashed', 'with the md5 of the key', asIs, (key) => hashOf('md5', key)),
		changedKey('key-upper-case', 'with the key in upper case', asIs, (key) => key.toUpperCase()),
		changedKey('key-lower-case', 'with the key in lower case', asIs, (key) => key.toLowerCase()),
		changedKey('key-empty', 'with an empty key', 'check that the key is loaded at all', () => ''),
	];
}

/** What a file, a page or a chat puts around a key. */
const around: readonly (readonly [text: string, name: string, code: string])[] = [
	['\ufeff', 'a byte order mark', 'key-bom'],
	['\n', 'a line break', 'key-newline'],
	['\r\n', 'a Windows line break', 'key-crlf'],
	['\n\n', 'two line breaks', 'key-newline'],
	['\r\n\r\n', 'two Windows line breaks', 'key-newline'],
	['\n\n\n', 'three line breaks', 'key-newline'],
	['\r', 'a carriage return', 'key-newline'],
	[' ', 'a blank', 'key-blank'],
	['  ', 'two blanks', 'key-blank'],
	['\t', 'a tab', 'key-blank'],
	['\u00a0', 'a no-break space', 'key-blank'],
	['\u202f', 'a narrow no-break space', 'key-blank'],
	['\u3000', 'a wide blank', 'key-blank'],
	['\u200b', 'a zero-width space', 'key-blank'],
	['\u200d', 'a zero-width joiner', 'key-blank'],
	['\u2060', 'a word joiner', 'key-blank'],
	['\u00ad', 'a soft hyphen', 'key-blank'],
	['\0', 'a null byte', 'key-blank'],
	['"', 'a quote', 'key-quotes'],
	["'", 'a single quote', 'key-single-quotes'],
	['`', 'a backtick', 'key-quotes'],
	['\u201c', 'a curly quote', 'key-quotes'],
	['\u201d', 'a curly quote', 'key-quotes'],
	[';', 'a semicolon', 'key-punctuation'],
	[',', 'a comma', 'key-punctuation'],
	['.', 'a point', 'key-punctuation'],
	['=', 'an equals sign', 'key-punctuation'],
	[':', 'a colon', 'key-punctuation'],
];

/** Whatever else happens to a key, tried alone. */
export const rareKeyMistakes: readonly Mistake[] = [
	...around.flatMap(([behind, name, code]) => [
		changedKey(code, `with ${name} behind the key`, trim, (key) => `${key}${behind}`),
		changedKey(code, `with ${name} before the key`, trim, (key) => `${behind}${key}`),
		...around.map(([before, first, firstCode]) =>
			changedKey(
				firstCode,
				`with ${first} before the key and ${name} behind it`,
				trim,
				(key) => `${before}${key}${behind}`,
			),
		),
	]),
	...['sha1', 'sha256', 'sha512'].map((algorithm) =>
		changedKey('key-hashed', `with the ${algorithm} of the key`, asIs, (key) =>
			hashOf(algorithm, key),
		),
	),
	...['md5', 'sha1', 'sha256', 'sha512'].map((algorithm) =>
		changedKey(
			'key-hashed',
			`with the ${algorithm} of the key, as bytes`,
			asIs,
			(key) => hashOf(algorithm, key),
			'hex',
		),
	),
	changedKey('key-decoded', 'with the key decoded from base64', asIs, (key) => key, 'base64'),
	changedKey('key-decoded', 'with the key decoded from hex', asIs, (key) => key, 'hex'),
	changedKey('key-hex', 'with the key in hex', asIs, (key) => Buffer.from(key).toString('hex')),
	changedKey('key-encoded', 'with the key URL-encoded', asIs, (key) => encodeURIComponent(key)),
	changedKey('key-encoded', 'with the key HTML-escaped', asIs, (key) =>
		key.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`).replaceAll('&#38;', '&amp;'),
	),
	changedKey('key-encoded', 'with the key as a JSON text', asIs, (key) =>
		JSON.stringify(key).slice(1, -1),
	),
	changedKey('key-doubled', 'with the key twice', asIs, (key) => `${key}${key}`),
	...['undefined', 'null', 'None', 'false', 'Array', '[object Object]', '[secret]'].map((word) =>
		changedKey(
			'key-empty',
			`with the word ${word} for a key`,
			'check that the key is loaded at all',
			() => word,
		),
	),
];

const longest = 128;

/** A key that was cut: a column, a double click, a `#` or `$` in an environment file. */
export function cutKeyMistakes({ key }: MistakeContext): Mistake[] {
	const most = Math.max(0, Math.min(key.length, longest) - 1);
	const lengths = Array.from({ length: most }, (_, at) => at + 1);
	return lengths.flatMap((length) => [
		changedKey(
			'key-cut',
			`with the first ${length} characters of the key`,
			'use the whole key',
			(whole) => whole.slice(0, length),
		),
		changedKey(
			'key-cut',
			`with the key without its first ${length} characters`,
			'use the whole key',
			(whole) => whole.slice(length),
		),
	]);
}

const hashOf = (algorithm: string, text: string): string =>
	createHash(algorithm).update(text).digest('hex');
