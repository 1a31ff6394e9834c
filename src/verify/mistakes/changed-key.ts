import type { Mistake } from '../mistake.ts';
import type { Recipe } from '../recipe.ts';

/**
 * The right text under another key, also where the key is a part of the text.
 * @param as how the key's text becomes bytes, where it is an HMAC's
 */
export function changedKey(
	code: string,
	said: string,
	hint: string,
	to: (key: string) => string,
	as?: Recipe['keyAs'],
): Mistake {
	return {
		code,
		said,
		php: hint,
		js: hint,
		apply(recipe) {
			if (recipe.key === '') return undefined;
			if (as !== undefined) {
				const isText = !recipe.algorithm.startsWith('hmac-');
				return isText ? undefined : { ...recipe, key: to(recipe.key), keyAs: as };
			}
			const key = to(recipe.key);
			if (key === recipe.key) return undefined;
			const parts = recipe.parts.map((part) =>
				part.text === recipe.key ? { ...part, text: key } : part,
			);
			return { ...recipe, key, parts };
		},
	};
}
