import type { Part, Recipe } from '../recipe.ts';

/** The recipe over other parts; undefined where they are the same. */
export const withParts = (recipe: Recipe, parts: readonly Part[]): Recipe | undefined =>
	JSON.stringify(parts) === JSON.stringify(recipe.parts) ? undefined : { ...recipe, parts };

/** The recipe over changed texts; undefined where nothing changes. */
export const mapTexts = (recipe: Recipe, change: (text: string) => string): Recipe | undefined =>
	withParts(
		recipe,
		recipe.parts.map((part) => ({ ...part, text: change(part.text) })),
	);

/** Whether a rule signs a list of fields, and not a text of credentials and one reference. */
export const isFieldList = (recipe: Recipe): boolean => recipe.join !== '' || recipe.algorithm.startsWith('hmac');
