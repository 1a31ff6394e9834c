import type { Mistake } from '../mistake.ts';
import { canonicalOf } from '../recipe.ts';
import { isFieldList, withParts } from './change.ts';

export const separated = (join: string): Mistake => ({
	code: join === '' ? 'no-separator' : 'wrong-separator',
	said:
		join === ''
			? 'without the separator between the values'
			: `with ${JSON.stringify(join)} between the values`,
	php: 'implode with exactly the documented separator',
	js: 'join with exactly the documented separator',
	apply: (recipe) => (recipe.join === join ? undefined : { ...recipe, join }),
});

/** The right values, joined wrongly. */
export const textMistakes: readonly Mistake[] = [
	...['', ',', '&', '-', ':', ';', ' ', '||', ' | ', '\n', '|'].map(separated),
	{
		code: 'query-string',
		said: 'over name=value pairs joined with &',
		php: 'implode("|", $values) instead of http_build_query($payload)',
		js: 'values.join("|") instead of new URLSearchParams(payload).toString()',
		apply: (recipe) => ({
			...recipe,
			text: new URLSearchParams(
				recipe.parts.map(({ name, text }): [string, string] => [name, text]),
			).toString(),
		}),
	},
	...['=', ':'].map(
		(sign): Mistake => ({
			code: 'name-value',
			said: `over name${sign}value pairs instead of the values`,
			php: 'implode("|", $values) without the names',
			js: 'Object.values(...) instead of Object.entries(...)',
			apply: (recipe) => ({
				...recipe,
				text: recipe.parts.map(({ name, text }) => `${name}${sign}${text}`).join(recipe.join),
			}),
		}),
	),
	...(
		[
			['as JSON', (text: string) => text],
			["as JSON with PHP's escaped slashes", (text: string) => text.replaceAll('/', '\\/')],
			[
				"as JSON with Python's blanks",
				(text: string) => text.replaceAll('":"', '": "').replaceAll('","', '", "'),
			],
		] as const
	).map(
		([how, change]): Mistake => ({
			code: 'json-serialised',
			said: `over the fields ${how} instead of the joined values`,
			php: 'implode("|", $values) instead of json_encode($payload)',
			js: 'values.join("|") instead of JSON.stringify(payload)',
			apply: (recipe) => ({
				...recipe,
				text: change(
					JSON.stringify(Object.fromEntries(recipe.parts.map(({ name, text }) => [name, text]))),
				),
			}),
		}),
	),
	{
		code: 'latin1-bytes',
		said: 'over Latin-1 bytes instead of UTF-8',
		php: 'no utf8_decode() on the signed text',
		js: 'update(text, "utf8"), not "latin1"',
		apply: (recipe) => (recipe.bytes === 'latin1' ? undefined : { ...recipe, bytes: 'latin1' }),
	},
	...[
		[0, 2, 1],
		[1, 2, 0],
		[2, 0, 1],
	].map(
		(order): Mistake => ({
			code: 'parts-reordered',
			said: 'over the right parts in another order',
			php: 'md5($username . $apiKey . $refId)',
			js: 'md5(username + apiKey + refId)',
			apply: (recipe) =>
				recipe.parts.length !== 3 || isFieldList(recipe)
					? undefined
					: withParts(
							recipe,
							order.flatMap((at) => recipe.parts[at] ?? []),
						),
		}),
	),
	{
		code: 'trailing-separator',
		said: 'with a separator behind the last value',
		php: 'implode() instead of a loop that appends "|"',
		js: 'join() instead of a loop that appends "|"',
		apply: (recipe) =>
			recipe.join === '' ? undefined : { ...recipe, text: `${canonicalOf(recipe)}${recipe.join}` },
	},
	{
		code: 'trailing-newline',
		said: 'with a line break behind the text',
		php: 'no "\\n", and echo -n on a command line',
		js: 'no "\\n", and echo -n on a command line',
		apply: (recipe) => ({ ...recipe, text: `${canonicalOf(recipe)}\n` }),
	},
	{
		code: 'reversed',
		said: 'over the parts in reverse order',
		php: 'in the documented order',
		js: 'in the documented order',
		apply: (recipe) => withParts(recipe, [...recipe.parts].reverse()),
	},
	{
		code: 'username-key-swapped',
		said: 'with username and key swapped',
		php: 'md5($username . $apiKey . $refId)',
		js: 'md5(username + apiKey + refId)',
		apply: (recipe) => {
			const [first, second, ...rest] = recipe.parts;
			return first === undefined || second === undefined || isFieldList(recipe)
				? undefined
				: withParts(recipe, [second, first, ...rest]);
		},
	},
];
