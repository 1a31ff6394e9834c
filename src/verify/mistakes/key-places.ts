import type { Mistake } from '../mistake.ts';
import { canonicalOf, type Recipe } from '../recipe.ts';

/** What other gateways put between the text and a key, the bare join and the bar apart. */
const between = [
	'&',
	'&key=',
	'&secret=',
	'&secret_key=',
	'&secretKey=',
	'&api_key=',
	'&apiKey=',
	'&apikey=',
	'&token=',
	':',
	',',
	';',
	'-',
	'_',
	'.',
	'/',
	' ',
	'\n',
];
const asText = 'hash_hmac("sha256", $text, $key): the key is no part of the text';

type Place = readonly [how: string, code: string, place: (text: string, key: string) => string];

const places: readonly Place[] = [
	['key before and behind the text', 'plain-hash-key-twice', (text, key) => `${key}${text}${key}`],
	[
		'key before and behind the text',
		'plain-hash-key-twice',
		(text, key) => `${key}|${text}|${key}`,
	],
	...between.flatMap((join): Place[] => [
		['text and key', 'plain-hash-key-last', (text, key) => `${text}${join}${key}`],
		['key and text', 'plain-hash-key-first', (text, key) => `${key}${join}${text}`],
	]),
];

const inHmac: readonly ((text: string, key: string) => string)[] = ['', '|', ...between].flatMap(
	(join) => [
		(text: string, key: string) => `${text}${join}${key}`,
		(text: string, key: string) => `${key}${join}${text}`,
	],
);

const isHmac = (recipe: Recipe): boolean => recipe.algorithm.startsWith('hmac-');

/** The key at a place where it does not belong, tried alone. */
export const keyPlaceMistakes: readonly Mistake[] = [
	...['md5', 'sha1', 'sha256', 'sha512'].flatMap((algorithm) =>
		places.map(
			([how, code, place]): Mistake => ({
				code,
				said: `with a plain ${algorithm} over ${how} instead of an HMAC`,
				php: asText,
				js: 'createHmac("sha256", key).update(text): the key is no part of the text',
				apply: (recipe) =>
					isHmac(recipe)
						? { ...recipe, algorithm, text: place(canonicalOf(recipe), recipe.key) }
						: undefined,
			}),
		),
	),
	...inHmac.map(
		(place): Mistake => ({
			code: 'key-in-text',
			said: 'with the key in the signed text, too',
			php: asText,
			js: 'createHmac("sha256", key).update(text): the key is no part of the text',
			apply: (recipe) =>
				isHmac(recipe) ? { ...recipe, text: place(canonicalOf(recipe), recipe.key) } : undefined,
		}),
	),
];
