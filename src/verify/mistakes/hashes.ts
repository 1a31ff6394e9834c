import type { Mistake } from '../mistake.ts';
import { canonicalOf, type Recipe } from '../recipe.ts';

const algorithms = ['md5', 'sha1', 'sha256', 'sha512', 'sha384', 'sha224'];

const plainOver = (recipe: Recipe, algorithm: string, text: string): Recipe | undefined =>
	recipe.algorithm.startsWith('hmac-') ? { ...recipe, algorithm, text } : undefined;

const plainKeyFirst = (name: string, between: string): Mistake => ({
	code: 'plain-hash-key-first',
	said: `with a plain ${name} over key and text instead of an HMAC`,
	php: 'hash_hmac("sha256", $text, $key) instead of hash(…, $key . $text)',
	js: 'createHmac instead of createHash().update(key + text)',
	apply: (recipe) => plainOver(recipe, name, `${recipe.key}${between}${canonicalOf(recipe)}`),
});

const plainKeyLast = (name: string, between: string): Mistake => ({
	code: 'plain-hash-key-last',
	said: `with a plain ${name} over text and key instead of an HMAC`,
	php: 'hash_hmac("sha256", $text, $key) instead of hash(…, $text . $key)',
	js: 'createHmac instead of createHash().update(text + key)',
	apply: (recipe) => plainOver(recipe, name, `${canonicalOf(recipe)}${between}${recipe.key}`),
});

/** The right text under another algorithm, or written otherwise. */
export const hashMistakes: readonly Mistake[] = [
	...algorithms.flatMap((name): Mistake[] => [
		{
			code: 'plain-hash',
			said: `with a plain ${name} instead of an HMAC`,
			php: 'hash_hmac("sha256", $text, $key) instead of hash()',
			js: 'createHmac("sha256", key) instead of createHash()',
			apply: (recipe) =>
				recipe.algorithm.startsWith('hmac-') ? { ...recipe, algorithm: name } : undefined,
		},
		...['', '|'].flatMap((between) => [plainKeyFirst(name, between), plainKeyLast(name, between)]),
		{
			code: 'wrong-algorithm',
			said: `with ${name} in place of the documented algorithm`,
			php: 'the algorithm that the provider documents',
			js: 'the algorithm that the provider documents',
			apply: (recipe) => {
				const wanted = recipe.algorithm.startsWith('hmac-') ? `hmac-${name}` : name;
				return wanted === recipe.algorithm ? undefined : { ...recipe, algorithm: wanted };
			},
		},
		{
			code: 'hmac-for-hash',
			said: `with an HMAC (${name}) in place of a plain hash`,
			php: 'md5($text) instead of hash_hmac()',
			js: 'createHash instead of createHmac',
			apply: (recipe) =>
				recipe.algorithm.startsWith('hmac-') || recipe.key === ''
					? undefined
					: { ...recipe, algorithm: `hmac-${name}` },
		},
	]),
	{
		code: 'signature-upper-case',
		said: 'right, but in upper-case letters',
		php: 'hash_hmac() gives lower case; no strtoupper()',
		js: 'digest("hex") gives lower case; no toUpperCase()',
		apply: (recipe) => (recipe.as === 'hex' ? { ...recipe, as: 'HEX' } : undefined),
	},
	{
		code: 'signature-base64',
		said: 'right, but written in base64 instead of hex',
		php: 'hash_hmac(…, …, …) without the fourth argument, no base64_encode()',
		js: 'digest("hex") instead of digest("base64")',
		apply: (recipe) => (recipe.as === 'hex' ? { ...recipe, as: 'base64' } : undefined),
	},
	{
		code: 'signature-hex',
		said: 'right, but written in hex instead of base64',
		php: 'base64_encode(hash_hmac(…, …, …, true))',
		js: 'digest("base64") instead of digest("hex")',
		apply: (recipe) => (recipe.as === 'base64' ? { ...recipe, as: 'hex' } : undefined),
	},
	{
		code: 'arguments-swapped',
		said: 'with text and key swapped',
		php: 'hash_hmac($algorithm, $text, $key): the text comes first',
		js: 'createHmac(algorithm, key).update(text)',
		apply: (recipe) =>
			recipe.algorithm.startsWith('hmac-')
				? { ...recipe, key: canonicalOf(recipe), text: recipe.key }
				: undefined,
	},
];

const usual = ['md5', 'sha1', 'sha256', 'sha512'];

/** The few that other gateways really use, for what is tried a thousand times. */
export const usualHashMistakes: readonly Mistake[] = usual.flatMap((name) =>
	['', '|'].flatMap((between) => [plainKeyFirst(name, between), plainKeyLast(name, between)]),
);
