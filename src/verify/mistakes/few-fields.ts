import type { Mistake, MistakeContext } from '../mistake.ts';
import { textAt } from '../recipe.ts';
import { isFieldList, withParts } from './change.ts';

/**
 * A text of a few well-known values in any order, as tutorials and other gateways have it: id,
 * order, amount, currency, state.
 */
export function fewFieldMistakes({ values, knownFields, signed }: MistakeContext): Mistake[] {
	if (signed.length <= knownFields.length) return [];
	const parts = new Map(knownFields.map((name) => [name, { name, text: textAt(values, name) }]));
	return orders(knownFields.filter((name) => signed.includes(name))).flatMap((names) =>
		['', '|'].map(
			(join): Mistake => ({
				code: 'few-fields',
				said: `over ${names.join(', ')} alone${join === '' ? ', without a separator' : ''}`,
				php: 'all listed fields, sorted by name, empty ones included',
				js: 'all listed fields, sorted by name, empty ones included',
				apply(recipe) {
					if (!isFieldList(recipe)) return undefined;
					const few = names.flatMap((name) => parts.get(name) ?? []);
					const changed = withParts(recipe, few);
					return changed === undefined ? undefined : { ...changed, join };
				},
			}),
		),
	);
}

/** Every order of every choice of them. */
function orders(names: readonly string[]): string[][] {
	const grow = (chosen: string[]): string[][] => [
		...(chosen.length > 0 ? [chosen] : []),
		...names.filter((name) => !chosen.includes(name)).flatMap((name) => grow([...chosen, name])),
	];
	return grow([]);
}
