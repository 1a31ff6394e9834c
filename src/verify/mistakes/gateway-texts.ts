import type { Mistake, MistakeContext } from '../mistake.ts';
import { type Part, type Recipe, textAt } from '../recipe.ts';
import { isFieldList } from './change.ts';

const byName = (parts: readonly Part[]): Part[] =>
	parts.toSorted((a, b) => (a.name < b.name ? -1 : 1));

type Form = readonly [
	code: string,
	what: string,
	how: string,
	text: (parts: readonly Part[]) => string,
];

const pairs =
	(sign: string, join: string) =>
	(parts: readonly Part[]): string =>
		parts.map(({ name, text }) => `${name}${sign}${text}`).join(join);
const query = (parts: readonly Part[]): string =>
	new URLSearchParams(parts.map(({ name, text }): [string, string] => [name, text])).toString();
/** As PHP's rawurlencode() does it. */
const rawQuery = (parts: readonly Part[]): string =>
	query(parts).replaceAll('+', '%20').replaceAll('*', '%2A').replaceAll('%7E', '~');

const forms: readonly Form[] = [
	['name-value', 'name=value pairs', 'joined with & and not encoded', pairs('=', '&')],
	['query-string', 'name=value pairs', 'joined with &', query],
	['query-string', 'name=value pairs', 'percent-encoded', rawQuery],
	['name-value', 'name=value pairs', 'joined with |', pairs('=', '|')],
	['name-value', 'name=value pairs', 'joined with commas', pairs('=', ',')],
	['name-value', 'name=value pairs', 'joined with nothing between them', pairs('=', '')],
	['name-value', 'names and values', 'joined with nothing between them', pairs('', '')],
	...['|', '&', ',', ''].map((join): Form => {
		const text = (parts: readonly Part[]) => parts.map((part) => part.text).join(join);
		return ['joined-values', 'the values', `joined with ${join || 'nothing between them'}`, text];
	}),
];

type List = readonly [which: string, of: (recipe: Recipe) => readonly Part[]];

/** Under what name a key stands among the pairs, where it is sorted in among them. */
const keyNames = ['key', 'secret', 'secret_key', 'secretKey', 'api_key', 'apiKey', 'apikey'];

/**
 * The texts that other payment gateways sign, and which are copied from there: the fields of the
 * message or all of them, sorted or as they came, the empty ones left out or not, as pairs. Most
 * of them are signed with the key in the text and a plain hash.
 */
export function gatewayTexts({ values, signed }: MistakeContext): Mistake[] {
	const named = (name: string): Part => ({ name, text: textAt(values, name) });
	const arrived = Object.keys(values);
	const wire = arrived.filter((name) => signed.includes(name));
	const all = arrived.map(named);
	const orders: readonly List[] = [
		[' of the listed fields', ({ parts }) => parts],
		[' of the listed fields as they came', () => wire.map(named)],
		[' of all received fields by name', () => byName(all)],
		[' of all received fields as they came', () => all],
	];
	const lists = orders.flatMap(([which, of]): List[] => [
		[which, of],
		[`${which} without the empty ones`, (recipe) => of(recipe).filter(({ text }) => text !== '')],
	]);
	return [
		...forms.flatMap(([code, what, how, text]) =>
			lists.map(([which, of]) =>
				mistake(code, `${what}${which}, ${how}`, (recipe) => text(of(recipe))),
			),
		),
		...lists
			.filter(([which]) => !which.includes('came'))
			.flatMap(([which, of]) =>
				keyNames.map((name) =>
					mistake(
						'key-among-pairs',
						`name=value pairs${which}, the key sorted in among them as ${name}`,
						(recipe) => pairs('=', '&')(byName([...of(recipe), { name, text: recipe.key }])),
					),
				),
			),
	];
}

const mistake = (code: string, how: string, text: (recipe: Recipe) => string): Mistake => ({
	code,
	said: `over ${how}`,
	php: 'ksort on the listed fields, implode("|", $values), the key in hash_hmac() alone',
	js: 'the listed fields by name, values.join("|"), the key in createHmac() alone',
	apply: (recipe) => (isFieldList(recipe) ? { ...recipe, text: text(recipe) } : undefined),
});
