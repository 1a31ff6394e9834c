import type { Mistake, MistakeContext } from '../mistake.ts';
import { type Part, type Recipe, textAt } from '../recipe.ts';
import { isFieldList, withParts } from './change.ts';

/** The wrong fields, or the right ones in the wrong order. */
export function listMistakes(given: MistakeContext): Mistake[] {
	const listed = (fields: readonly string[]) => {
		const parts = fields.map((name): Part => ({ name, text: textAt(given.values, name) }));
		return (recipe: Recipe) => (isFieldList(recipe) ? withParts(recipe, parts) : undefined);
	};
	return [
		{
			code: 'unsorted',
			said: 'over the right fields, but not sorted by name',
			php: 'ksort($payload); before implode("|", $payload)',
			js: 'Object.keys(payload).sort().map((key) => payload[key]).join("|")',
			apply(recipe) {
				const place = ({ name }: Part) => given.documentedOrder.indexOf(name);
				const isDocumented = isFieldList(recipe) && recipe.parts.every((part) => place(part) >= 0);
				return isDocumented
					? withParts(
							recipe,
							recipe.parts.toSorted((a, b) => place(a) - place(b)),
						)
					: undefined;
			},
		},
		...valueOrders.slice(0, 2).map(valuesSorted),
		...given.otherLists.map(
			({ name, fields }): Mistake => ({
				code: 'wrong-fields',
				said: `over the ${name} instead of the fields of this message`,
				php: 'choose the field list by record_type before implode',
				js: 'choose the field list by record_type before join',
				apply: listed(fields),
			}),
		),
		...given.otherLists.map(
			({ name, fields }): Mistake => ({
				code: 'wrong-fields-unsorted',
				said: `over the ${name}, and unsorted`,
				php: 'choose the field list by record_type, then ksort',
				js: 'choose the field list by record_type, then sort()',
				apply: listed(
					[...fields].sort(
						(a, b) => given.documentedOrder.indexOf(a) - given.documentedOrder.indexOf(b),
					),
				),
			}),
		),
		{
			code: 'empty-dropped',
			said: 'without the empty fields, which are signed as empty',
			php: 'no array_filter() before implode',
			js: 'no filter(Boolean) before join',
			apply: (recipe) =>
				isFieldList(recipe)
					? withParts(
							recipe,
							recipe.parts.filter(({ text }) => text !== ''),
						)
					: undefined,
		},
		{
			code: 'all-fields',
			said: 'over all received fields instead of the listed ones',
			php: 'array_intersect_key($_POST, array_flip($signed)) instead of unset($_POST["checksum"])',
			js: 'pick the signed fields instead of { checksum, ...rest }',
			apply: listed(Object.keys(given.values).sort()),
		},
		{
			code: 'all-fields-unsorted',
			said: 'over all received fields, as they came',
			php: 'pick the signed fields, ksort, implode',
			js: 'pick the signed fields, sort, join',
			apply: listed(Object.keys(given.values)),
		},
		{
			code: 'signature-included',
			said: 'with the signature itself among the signed fields',
			php: 'unset($payload["checksum"]) before implode',
			js: 'leave the checksum out before join',
			apply(recipe) {
				const { signatureField } = given;
				if (signatureField === undefined || !isFieldList(recipe)) return undefined;
				const all = [...recipe.parts, { name: signatureField, text: given.honest }];
				return { ...recipe, parts: all.sort((a, b) => (a.name < b.name ? -1 : 1)) };
			},
		},
		{
			code: 'signature-included-empty',
			said: 'with an empty signature field among the signed fields',
			php: 'unset($payload["checksum"]) instead of $payload["checksum"] = ""',
			js: 'delete payload.checksum instead of payload.checksum = ""',
			apply(recipe) {
				const { signatureField } = given;
				if (signatureField === undefined || !isFieldList(recipe)) return undefined;
				const all = [...recipe.parts, { name: signatureField, text: '' }];
				return { ...recipe, parts: all.sort((a, b) => (a.name < b.name ? -1 : 1)) };
			},
		},
	];
}

/** The same for what is rarer, tried alone. */
export function rareListMistakes({ values, signed }: MistakeContext): Mistake[] {
	const named = (name: string): Part => ({ name, text: textAt(values, name) });
	const arrived = Object.keys(values);
	const all = arrived.map(named);
	return [
		{
			code: 'unsorted',
			said: 'over the right fields as they came, instead of sorted by name',
			php: 'ksort($payload); before implode("|", $payload)',
			js: 'Object.keys(payload).sort().map((key) => payload[key]).join("|")',
			apply: (recipe) =>
				isFieldList(recipe)
					? withParts(recipe, arrived.filter((name) => signed.includes(name)).map(named))
					: undefined,
		},
		...valueOrders.slice(2).map(valuesSorted),
		...valueOrders.map((order): Mistake => {
			const { said, apply, ...rest } = valuesSorted(order);
			return {
				...rest,
				said: `${said}, of all received fields`,
				apply: (recipe) => apply({ ...recipe, parts: all }),
			};
		}),
	];
}

type Order = readonly [how: string, compare: (a: string, b: string) => number];

const asText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** PHP 8 compares two numeric strings as numbers, everything else as text. */
function asPhp(a: string, b: string): number {
	const isNumeric = (text: string) => /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i.test(text);
	return isNumeric(a) && isNumeric(b) ? Number(a) - Number(b) : asText(a, b);
}

let collator: Intl.Collator | undefined;

/** A collator takes milliseconds to make, which whoever meets no mistake need not wait for. */
function inNaturalOrder(a: string, b: string): number {
	collator ??= new Intl.Collator('en', { numeric: true });
	return collator.compare(a, b);
}

/** How languages sort values, the usual ones first. */
const valueOrders: readonly Order[] = [
	['', asText],
	[' as PHP sorts them', asPhp],
	[' in reverse', (a, b) => asText(b, a)],
	[' in reverse, as PHP does it', (a, b) => asPhp(b, a)],
	[' without regard to case', (a, b) => asText(a.toLowerCase(), b.toLowerCase())],
	[' as localeCompare() sorts them', (a, b) => a.localeCompare(b, 'en')],
	[' in natural order', inNaturalOrder],
	[' by their length', (a, b) => a.length - b.length],
];

const valuesSorted = ([how, compare]: Order): Mistake => ({
	code: 'values-sorted',
	said: `over the values sorted${how}, instead of sorted by name`,
	php: 'ksort($payload) instead of sort($payload) or asort($payload)',
	js: 'Object.keys(payload).sort() instead of Object.values(payload).sort()',
	apply: (recipe) =>
		isFieldList(recipe)
			? withParts(
					recipe,
					recipe.parts.toSorted((a, b) => compare(a.text, b.text)),
				)
			: undefined,
});
