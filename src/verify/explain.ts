import type { Mistake, MistakeContext } from './mistake.ts';
import { type KnownMistakes, mistakesFor } from './mistakes/index.ts';
import { canonicalOf, hasLengthOf, type Recipe, signatureOf } from './recipe.ts';

export interface Explanation {
	/** One, or two that were made together; capitals may come to them. */
	readonly mistakes: readonly Mistake[];
	/** The recipe that reproduces the signature. */
	readonly recipe: Recipe;
}

/** Callbacks are a few hundred characters; more is not searched, so as not to be kept busy. */
const longest = { alone: 16_384, inPairs: 4_096 };

/**
 * The mistake, or the pair of mistakes, under which the right recipe yields this signature. Singles
 * come before pairs, so that a simple explanation wins; undefined when none does.
 */
export function explain(
	honest: Recipe,
	signature: string,
	known: KnownMistakes,
): Explanation | undefined {
	const steps = explaining(honest, signature, known);
	for (;;) {
		const { done, value } = steps.next();
		if (done === true) return value;
	}
}

/** How many tries go on without a pause: a few milliseconds of work. */
const triesInARow = 250;

/** The same, pausing every few tries: what else there is to do goes on in between. */
export function* explaining(
	honest: Recipe,
	signature: string,
	known: KnownMistakes,
): Generator<undefined, Explanation | undefined> {
	const found = yield* searching(honest, signature, known);
	if (found !== undefined) return found;
	const inCapitals = known.common.find(({ code }) => code === 'signature-upper-case');
	const recipe = /^[0-9A-F]*[A-F][0-9A-F]*$/.test(signature)
		? inCapitals?.apply(honest)
		: undefined;
	if (inCapitals === undefined || recipe === undefined) return undefined;
	const otherwise = yield* searching(recipe, signature, known);
	return otherwise && { ...otherwise, mistakes: together(otherwise.mistakes, inCapitals) };
}

function* searching(
	honest: Recipe,
	signature: string,
	known: KnownMistakes,
): Generator<undefined, Explanation | undefined> {
	if (canonicalOf(honest).length > longest.alone) return undefined;
	let tries = 0;
	const isPauseDue = () => ++tries % triesInARow === 0;
	const makes = (recipe: Recipe | undefined, length: number): recipe is Recipe => {
		if (recipe === undefined || !hasLengthOf(recipe, signature)) return false;
		const text = canonicalOf(recipe);
		return text.length <= length && signatureOf(recipe, text) === signature;
	};
	function* alone(mistakes: readonly Mistake[]): Generator<undefined, Explanation[]> {
		const found: Explanation[] = [];
		for (const mistake of mistakes) {
			if (isPauseDue()) yield;
			const recipe = mistake.apply(honest);
			if (recipe !== undefined) found.push({ mistakes: [mistake], recipe });
		}
		return found;
	}
	function* single(found: readonly Explanation[]) {
		for (const one of found) {
			if (isPauseDue()) yield;
			if (makes(one.recipe, longest.alone)) return one;
		}
		return undefined;
	}
	/** Whether a mistake leaves the length of a signature as it is; undefined where it depends. */
	const keepsLength = (mistake: Mistake): boolean | undefined => {
		const recipe = mistake.apply(honest);
		return recipe && hasLengthOf(recipe, signatureOf(honest, ''));
	};
	function* pairWith(firsts: readonly Explanation[], seconds: readonly Mistake[]) {
		const kept = seconds.map((mistake) => [mistake, keepsLength(mistake)] as const);
		for (const first of firsts) {
			if (canonicalOf(first.recipe).length > longest.inPairs) continue;
			const [{ code: firstCode }] = first.mistakes as [Mistake];
			const mayFit = hasLengthOf(first.recipe, signature);
			for (const [mistake, keeps] of kept) {
				if (keeps === !mayFit || excludes(firstCode, mistake.code)) continue;
				if (isPauseDue()) yield;
				const recipe = mistake.apply(first.recipe);
				if (makes(recipe, longest.inPairs))
					return { mistakes: together(first.mistakes, mistake), recipe };
			}
		}
		return undefined;
	}
	const common = yield* alone(known.common);
	const plain = yield* single(common);
	if (plain !== undefined) return plain;
	const numerous = yield* alone(known.numerous);
	const texts = yield* alone(known.texts);
	return (
		(yield* single(numerous)) ??
		(yield* single(yield* alone(known.rare))) ??
		(yield* single(texts)) ??
		(yield* pairWith(common, known.common)) ??
		(yield* pairWith(numerous, known.hashes)) ??
		(yield* pairWith(texts, known.keyed))
	);
}

export type Search = (
	honest: Recipe,
	signature: string,
	given: MistakeContext,
) => Explanation | undefined;

/** Searches for each question once: most readings differ in what the signature leaves out. */
export function searchOnce(): Search {
	const found = new Map<string, Explanation | undefined>();
	return (honest, signature, given) => {
		const question = JSON.stringify([honest, signature, given]);
		if (!found.has(question)) found.set(question, explain(honest, signature, mistakesFor(given)));
		return found.get(question);
	};
}

/** What is right but for one thing is right no more where another comes to it. */
const together = (mistakes: readonly Mistake[], more: Mistake): Mistake[] =>
	[...mistakes, more].map((one) => ({ ...one, said: one.said.replace(/^right, but /, '') }));

/** Two of the same kind undo each other: one key is used, and one hash is made. */
const excludes = (one: string, other: string): boolean =>
	(one.startsWith('key-') && other.startsWith('key-')) || (isHash(one) && isHash(other));
const isHash = (code: string): boolean =>
	/^(plain-hash|wrong-algorithm|hmac-for-hash|arguments-swapped)/.test(code);
