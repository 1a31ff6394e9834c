import { createHash } from 'node:crypto';
import type { Mistake, MistakeContext } from '../mistake.ts';

/** What a key copied from a page or a chat brings along. */
const invisible = [
	['a no-break space', '\u00a0'],
	['a zero-width space', '\u200b'],
	['a tab', '\t'],
	['two blanks', '  '],
] as const;

/** The right text under a wrong or damaged key. */
export function keyMistakes(given: MistakeContext): Mistake[] {
	const change = (
		code: string,
		said: string,
		hint: string,
		to: (key: string) => string,
	): Mistake => ({
		code,
		said,
		php: hint,
		js: hint,
		apply(recipe) {
			if (recipe.key === '') return undefined;
			const key = to(recipe.key);
			if (key === recipe.key) return undefined;
			return {
				...recipe,
				key,
				parts: recipe.parts.map((part) =>
					part.text === recipe.key ? { ...part, text: key } : part,
				),
			};
		},
	});
	return [
		...given.otherKeys.map(({ name, text }) =>
			change('wrong-key', `with ${name}`, 'check which key is configured', () => text),
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
		change(
			'key-newline',
			'with a line break behind the key',
			'trim the key: trim($key), key.trim()',
			(key) => `${key}\n`,
		),
		change(
			'key-crlf',
			'with a Windows line break behind the key',
			'trim the key: trim($key), key.trim()',
			(key) => `${key}\r\n`,
		),
		...['\n\n', '\r\n\r\n', '\n\n\n', '\r'].map((ends) =>
			change(
				'key-newline',
				'with line breaks behind the key',
				'trim the key: trim($key), key.trim()',
				(key) => `${key}${ends}`,
			),
		),
		change(
			'key-newline',
			'with a line break before the key',
			'trim the key: trim($key), key.trim()',
			(key) => `\n${key}`,
		),
		change(
			'key-bom',
			'with a byte order mark before the key',
			'save the key file without a BOM',
			(key) => `\ufeff${key}`,
		),
		change(
			'key-bom',
			'with a byte order mark before the key, and a line break behind it',
			'save the key file without a BOM, and trim the key',
			(key) => `\ufeff${key}\n`,
		),
		...invisible.flatMap(([name, character]) => [
			change(
				'key-blank',
				`with ${name} behind the key`,
				'type the key anew, without what cannot be seen',
				(key) => `${key}${character}`,
			),
			change(
				'key-blank',
				`with ${name} before the key`,
				'type the key anew, without what cannot be seen',
				(key) => `${character}${key}`,
			),
		]),
		change(
			'key-blank',
			'with a blank behind the key',
			'trim the key: trim($key), key.trim()',
			(key) => `${key} `,
		),
		change(
			'key-blank-before',
			'with a blank before the key',
			'trim the key: trim($key), key.trim()',
			(key) => ` ${key}`,
		),
		change(
			'key-quotes',
			'with quotes around the key',
			'take the quotes out of the environment file',
			(key) => `"${key}"`,
		),
		change(
			'key-single-quotes',
			'with single quotes around the key',
			'take the quotes out of the environment file',
			(key) => `'${key}'`,
		),
		change('key-base64', 'with the key base64-encoded', 'use the key as it is', (key) =>
			Buffer.from(key).toString('base64'),
		),
		change('key-hashed', 'with the md5 of the key', 'use the key as it is', (key) => md5(key)),
		change('key-upper-case', 'with the key in upper case', 'use the key as it is', (key) =>
			key.toUpperCase(),
		),
		change('key-lower-case', 'with the key in lower case', 'use the key as it is', (key) =>
			key.toLowerCase(),
		),
		change('key-cut', 'with the first 32 characters of the key', 'use the whole key', (key) =>
			key.slice(0, 32),
		),
		change('key-empty', 'with an empty key', 'check that the key is loaded at all', () => ''),
	];
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
