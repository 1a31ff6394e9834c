import { type Difference, leavesOf, type State } from '../order/state.ts';
import { stillHas } from './effects-seen.ts';
import type { LearnedEffects } from './learned-effects.ts';
import { moveAt } from './moves.ts';
import { bare } from './observed-effect.ts';

/** A sum, a count, a list that is not as after one success: sent out twice, or not at all. */
export function moreThanOnce(learned: LearnedEffects, amount: string, after: State): Difference[] {
	const leaves = leavesOf(after);
	const counted = [...learned.counts].filter((effect) => !stillHas(effect, after));
	const longer = [...leaves].filter(
		([path]) =>
			/(^|\.)\d+(\.|$)/.test(path) && !learned.places.has(path) && !learned.isVolatile(path),
	);
	return [
		...counted.map(([path, before]) => ({ path, before, after: leaves.get(path) })),
		...wrongSums(learned.sums, amount, after),
		...longer.map(([path, json]) => ({ path, before: undefined, after: json })),
	];
}

export function wrongSums(
	sums: ReadonlyMap<string, number>,
	amount: string,
	after: State,
): Difference[] {
	return [...sums].flatMap(([path, times]) => {
		const json = leavesOf(after).get(path);
		const expected = times * Number(amount);
		return Math.abs(Number(bare(json ?? '"x"')) - expected) < 1e-6
			? []
			: [{ path, before: String(expected), after: json }];
	});
}

/** What money went back: how much of it shows, and how much one failure puts there. */
export function refundsSeen({ refund }: LearnedEffects, before: State, after: State) {
	const once = [...refund].map(([path, by]) => [path, by] as const);
	// One more entry of a list that one refund has an entry in.
	const places = new Set([...refund.keys()].filter((path) => inList.test(path)).map(anyEntry));
	const more = [...leavesOf(after).keys()]
		.filter((path) => !refund.has(path) && inList.test(path) && places.has(anyEntry(path)))
		.map((path) => [path, 0] as const);
	return [...once, ...more]
		.map(([path, expected]) => ({ path, once: expected, by: moveAt(path, before, after) }))
		.filter(({ by }) => Math.abs(by) > 1e-6);
}

const inList = /\.\d+(\.|$)/;
const anyEntry = (path: string): string => path.replaceAll(/\.\d+(?=\.|$)/g, '.#');
