import type { Mistake, MistakeContext } from '../mistake.ts';
import type { Part, Recipe } from '../recipe.ts';
import { isFieldList, withParts } from './change.ts';

/** The right fields, one of them at the wrong place: a list that was typed by hand. */
export function placeMistakes({ signed }: MistakeContext): Mistake[] {
	const places = signed.map((_name, at) => at);
	const named = (code: string, said: string, change: (parts: readonly Part[]) => Part[]) => ({
		code,
		said,
		php: 'ksort($payload) instead of a list typed by hand',
		js: 'Object.keys(payload).sort() instead of a list typed by hand',
		apply: (recipe: Recipe) =>
			isFieldList(recipe) && recipe.parts.length === signed.length
				? withParts(recipe, change(recipe.parts))
				: undefined,
	});
	const exchanged = places.flatMap((a) =>
		places.slice(a + 1).map((b) =>
			named('fields-exchanged', `with ${signed[a]} and ${signed[b]} exchanged`, (parts) => {
				const changed = [...parts];
				[changed[a], changed[b]] = [parts[b] as Part, parts[a] as Part];
				return changed;
			}),
		),
	);
	// A neighbour's place is an exchange.
	const misplaced = places.flatMap((from) =>
		places
			.filter((to) => Math.abs(to - from) > 1)
			.map((to) =>
				named(
					'field-misplaced',
					`with ${signed[from]} ${to < from ? 'before' : 'behind'} ${signed[to]}, where it does not belong`,
					(parts) => parts.toSpliced(from, 1).toSpliced(to, 0, parts[from] as Part),
				),
			),
	);
	const doubled = places.flatMap((one) =>
		[...places, signed.length].map((at) =>
			named('field-doubled', `with ${signed[one]} twice`, (parts) =>
				parts.toSpliced(at, 0, parts[one] as Part),
			),
		),
	);
	return [...exchanged, ...misplaced, ...doubled];
}
