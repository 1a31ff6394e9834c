import { differences, isMoment, leavesOf, type State } from '../order/state.ts';
import { bare, type ObservedEffect } from './observed-effect.ts';

/** path → by how much a number moved that counts something or holds money. */
export type Moves = ReadonlyMap<string, number>;

/**
 * One more, one less, or the order's amount in whatever unit: an id or a code moves by something
 * else.
 */
export function movesOf(
	before: State,
	after: State,
	amount: string,
	isVolatile: (path: string) => boolean,
): Moves {
	const sum = Number(amount);
	const units = [1, sum, sum * 100].filter((unit) => unit > 0);
	return new Map(
		differences(before, after, isVolatile)
			.map(({ path }) => [path, moveAt(path, before, after)] as const)
			.filter(([, by]) => units.some((unit) => Math.abs(Math.abs(by) - unit) < 1e-6)),
	);
}

/** By how much the number there moved; what was not there counts as nothing. */
export function moveAt(path: string, before: State, after: State): number {
	return numberAt(path, after) - numberAt(path, before);
}

function numberAt(path: string, state: State): number {
	const json = leavesOf(state).get(path);
	if (json === undefined || json === 'null' || json === '""') return 0;
	return isMoment(json) ? Number.NaN : Number(bare(json));
}

/** What a failure moves and a success does not: money that went back, or a count of that. */
export function refundOf(
	failures: readonly ObservedEffect[],
	successes: readonly ObservedEffect[],
	isVolatile: (path: string) => boolean,
): Moves {
	const [failure] = failures;
	if (failure === undefined) return new Map();
	const moved = successes.map(({ before, after, amount }) =>
		movesOf(before, after, amount, isVolatile),
	);
	const { before, after, amount, outcomes } = failure;
	return new Map(
		[...movesOf(before, after, amount, isVolatile)].filter(
			([path, by]) =>
				!outcomes.has(bare(leavesOf(after).get(path) ?? '""')) &&
				!moved.some((one) => Math.abs((one.get(path) ?? 0) - by) < 1e-6),
		),
	);
}
