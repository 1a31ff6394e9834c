import { differences, isMoment, leavesOf, type State } from '../order/state.ts';
import { bare, type ObservedEffect } from './observed-effect.ts';

/** path → by how much a number moved that holds money, or counts how often it went back. */
export type Moves = ReadonlyMap<string, number>;

/** In the languages of the shops: what is called like money that goes back. */
const moneyBack =
	/refund|revers|return|paid_?back|pay_?back|kembali|pulang|balance|saldo|baki|wallet|deposit|dana/i;

/**
 * One more, or the order's amount in whatever unit, where the name speaks of money; elsewhere only
 * a number that was there before and moved by the amount: an id, a code or a count of failures is
 * no refund.
 */
function refundMoves(
	{ before, after, amount }: ObservedEffect,
	isVolatile: (path: string) => boolean,
): Moves {
	const sum = Number(amount);
	const sums = [sum, sum * 100].filter((unit) => unit > 0);
	const isRefund = (path: string, by: number) => {
		const isNamed = moneyBack.test(path);
		if (!isNamed && !/\d/.test(leavesOf(before).get(path) ?? '')) return false;
		return (isNamed ? [1, ...sums] : sums).some((unit) => Math.abs(Math.abs(by) - unit) < 1e-6);
	};
	return new Map(
		differences(before, after, isVolatile)
			.map(({ path }) => [path, moveAt(path, before, after)] as const)
			.filter(([path, by]) => isRefund(path, by)),
	);
}

/** By how much the number there moved; what was not there counts as nothing, true as one. */
export function moveAt(path: string, before: State, after: State): number {
	return numberAt(path, after) - numberAt(path, before);
}

function numberAt(path: string, state: State): number {
	const json = leavesOf(state).get(path);
	if (json === undefined || /^(null|""|false)$/.test(json)) return 0;
	if (json === 'true') return 1;
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
	const moved = successes.map((success) => refundMoves(success, isVolatile));
	const text = (path: string) => bare(leavesOf(failure.after).get(path) ?? '""');
	return new Map(
		[...refundMoves(failure, isVolatile)].filter(
			([path, by]) =>
				!(failure.outcomes.has(text(path)) && !moneyBack.test(path)) &&
				!moved.some((one) => Math.abs((one.get(path) ?? 0) - by) < 1e-6),
		),
	);
}
