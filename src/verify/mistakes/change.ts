import type { Part, Recipe } from '../recipe.ts';

/** The recipe over other parts; undefined where they are the same. */
export const withParts = (recipe: Recipe, parts: readonly Part[]): Recipe | undefined =>
	isSame(parts, recipe.parts) ? undefined : { ...recipe, parts };

/** Asked tens of thousands of times for one signature that nobody can explain. */
const isSame = (parts: readonly Part[], others: readonly Part[]): boolean =>
	parts.length === others.length &&
	parts.every(({ name, text }, at) => others[at]?.text === text && others[at]?.name === name);

/** The recipe over changed texts; undefined where nothing changes. */
export const mapTexts = (recipe: Recipe, change: (text: string) => string): Recipe | undefined =>
	withParts(
		recipe,
		recipe.parts.map((part) => ({ ...part, text: change(part.text) })),
	);

/** The recipe over one changed text; undefined where nothing changes. */
export const mapText = (
	recipe: Recipe,
	name: string,
	change: (text: string) => string,
): Recipe | undefined =>
	withParts(
		recipe,
		recipe.parts.map((part) => (part.name === name ? { ...part, text: change(part.text) } : part)),
	);

/** Whether a rule signs a list of fields, and not a text of credentials and one reference. */
export const isFieldList = (recipe: Recipe): boolean =>
	recipe.join !== '' || recipe.algorithm.startsWith('hmac');
