import type { Mistake } from './mistake.ts';
import type { KnownMistakes } from './mistakes/index.ts';
import { canonicalOf, type Recipe, signatureOf } from './recipe.ts';

export interface Explanation {
	/** One, or two that were made together. */
	readonly mistakes: readonly Mistake[];
	/** The recipe that reproduces the signature. */
	readonly recipe: Recipe;
}

/**
 * Callbacks are a few hundred characters; what is much longer is not searched, so that nobody can
 * keep a listener busy.
 */
const longest = { alone: 65_536, inPairs: 4_096 };

/**
 * The mistake, or the pair of mistakes, under which the right recipe yields this signature. Singles
 * come before pairs, so that a simple explanation wins; undefined when none does.
 */
export function explain(
	honest: Recipe,
	signature: string,
	known: KnownMistakes,
): Explanation | undefined {
	if (canonicalOf(honest).length > longest.alone) return undefined;
	const isShort = (recipe: Recipe | undefined, length: number): recipe is Recipe =>
		recipe !== undefined && canonicalOf(recipe).length <= length;
	const alone = (mistakes: readonly Mistake[]) =>
		mistakes.flatMap((mistake) => {
			const recipe = mistake.apply(honest);
			return isShort(recipe, longest.alone) ? [{ mistakes: [mistake], recipe }] : [];
		});
	const pairWith = (firsts: readonly Explanation[], seconds: readonly Mistake[]) => {
		for (const first of firsts.filter(({ recipe }) => isShort(recipe, longest.inPairs))) {
			const [{ code: firstCode }] = first.mistakes as [Mistake];
			for (const mistake of seconds) {
				if (excludes(firstCode, mistake.code)) continue;
				const recipe = mistake.apply(first.recipe);
				if (isShort(recipe, longest.inPairs) && signatureOf(recipe) === signature)
					return { mistakes: [...first.mistakes, mistake], recipe };
			}
		}
		return undefined;
	};
	const common = alone(known.common);
	const numerous = alone(known.numerous);
	return (
		[...common, ...numerous].find(({ recipe }) => signatureOf(recipe) === signature) ??
		pairWith(common, known.common) ??
		pairWith(numerous, known.hashes)
	);
}

/** Two of the same kind undo each other: one key is used, and one hash is made. */
const excludes = (one: string, other: string): boolean =>
	(one.startsWith('key-') && other.startsWith('key-')) || (isHash(one) && isHash(other));
const isHash = (code: string): boolean =>
	/^(plain-hash|wrong-algorithm|hmac-for-hash|arguments-swapped)/.test(code);
