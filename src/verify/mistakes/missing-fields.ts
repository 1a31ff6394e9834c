import type { Mistake, MistakeContext } from '../mistake.ts';

/** Parts left out, whichever they are. @param many so many of them at the same time */
export function missingFieldMistakes(
	{ signed }: MistakeContext,
	...many: readonly number[]
): Mistake[] {
	return many
		.flatMap((count) => choices(signed.length, count))
		.map((left) => {
			const names = left.map((at) => signed[at] as string);
			return {
				code: left.length === 1 ? 'field-missing' : 'fields-missing',
				said: `without ${listOf(names)}`,
				php: 'all listed fields, empty ones included',
				js: 'all listed fields, empty ones included',
				apply(recipe) {
					const parts = recipe.parts.filter(({ name }) => !names.includes(name));
					const isWhole = parts.length === recipe.parts.length - names.length;
					return isWhole && parts.length > 0 ? { ...recipe, parts } : undefined;
				},
			};
		});
}

/** Every choice of so many positions. */
function choices(positions: number, count: number): number[][] {
	if (count === 0) return [[]];
	return choices(positions, count - 1).flatMap((chosen) => {
		const next = (chosen.at(-1) ?? -1) + 1;
		return Array.from({ length: positions - next }, (_, at) => [...chosen, next + at]);
	});
}

const listOf = (names: readonly string[]): string =>
	names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
