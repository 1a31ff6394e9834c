import type { Mistake } from './mistake.ts';
import { type Recipe, sealOf } from './recipe.ts';

export interface Diagnosis {
	/** One, or two that were made together. */
	readonly mistakes: readonly Mistake[];
	/** The recipe that reproduces the seal. */
	readonly recipe: Recipe;
}

/**
 * The mistake, or the pair of mistakes, under which the right recipe yields this seal. Singles come before pairs, so
 * that a simple explanation wins; undefined when none does.
 */
export function diagnose(honest: Recipe, seal: string, mistakes: readonly Mistake[]): Diagnosis | undefined {
	const singles = mistakes.flatMap((mistake) => {
		const recipe = mistake.apply(honest);
		return recipe === undefined ? [] : [{ mistakes: [mistake], recipe }];
	});
	const one = singles.find(({ recipe }) => sealOf(recipe) === seal);
	if (one !== undefined) return one;
	for (const first of singles) {
		for (const mistake of mistakes) {
			const recipe = mistake.apply(first.recipe);
			if (recipe !== undefined && sealOf(recipe) === seal) return { mistakes: [...first.mistakes, mistake], recipe };
		}
	}
	return undefined;
}
