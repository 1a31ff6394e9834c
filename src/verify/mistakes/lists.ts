import type { Mistake, MistakeContext } from '../mistake.ts';
import { type Part, type Recipe, textAt } from '../recipe.ts';
import { isFieldList, withParts } from './change.ts';

/** The wrong fields, or the right ones in the wrong order. */
export function listMistakes(given: MistakeContext): Mistake[] {
	const part = (name: string): Part => ({ name, text: textAt(given.values, name) });
	const listed = (fields: readonly string[]) => (recipe: Recipe) =>
		isFieldList(recipe) ? withParts(recipe, fields.map(part)) : undefined;
	return [
		{
			code: 'unsorted',
			said: 'over the right fields, but not sorted by name',
			php: 'ksort($payload); before implode("|", $payload)',
			js: 'Object.keys(payload).sort().map((key) => payload[key]).join("|")',
			apply(recipe) {
				const names = recipe.parts.map(({ name }) => name);
				const order = given.documentedOrder.filter((name) => names.includes(name));
				return isFieldList(recipe) && order.length === names.length
					? listed(order)(recipe)
					: undefined;
			},
		},
		{
			code: 'values-sorted',
			said: 'over the values sorted, instead of sorted by name',
			php: 'ksort($payload) instead of sort($payload) or asort($payload)',
			js: 'Object.keys(payload).sort() instead of Object.values(payload).sort()',
			apply: (recipe) =>
				isFieldList(recipe)
					? withParts(
							recipe,
							recipe.parts.toSorted((a, b) => (a.text < b.text ? -1 : 1)),
						)
					: undefined,
		},
		{
			code: 'values-sorted',
			said: 'over the values sorted as PHP sorts them, instead of by name',
			php: 'ksort($payload) instead of sort($payload) or asort($payload)',
			js: 'sorted by name, not by value',
			apply: (recipe) =>
				isFieldList(recipe)
					? withParts(
							recipe,
							recipe.parts.toSorted((a, b) => comparedAsPhp(a.text, b.text)),
						)
					: undefined,
		},
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

/** PHP 8 compares two numeric strings as numbers, everything else as text. */
function comparedAsPhp(a: string, b: string): number {
	const isNumeric = (text: string) => /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i.test(text);
	if (isNumeric(a) && isNumeric(b)) return Number(a) - Number(b);
	return a < b ? -1 : Number(a > b);
}
