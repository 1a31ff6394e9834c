import { differences, isMoment, leavesOf, namesDeliveries, type State } from '../order/state.ts';
import { isStateName } from './effects-seen.ts';
import { moveAt } from './moves.ts';
import type { ObservedEffect } from './observed-effect.ts';

/** What callbacks of each kind did to their orders. */
export interface Observed {
	readonly successes: readonly ObservedEffect[];
	readonly failures: readonly ObservedEffect[];
	/** Of a report that decides nothing: it shows what every callback leaves behind. */
	readonly undecided: readonly ObservedEffect[];
}

type Volatile = (path: string) => boolean;

/** Places where every callback leaves its trace, whatever it reports: a count of them, a log. */
export function keptOfAll(
	{ successes, failures, undecided }: Observed,
	isVolatile: Volatile,
): string[] {
	const [first] = undecided;
	if (first === undefined) return [];
	const traces = [...successes, ...failures].map((one) => tracesOf(one, isVolatile));
	const kept = [...tracesOf(first, isVolatile)].filter((path) =>
		traces.every((those) => those.has(path)),
	);
	// Where nothing else shows a success, it may be what shows it.
	const isRest = (path: string) => isVolatile(path) || isWithin(path, kept);
	return successes.every(({ before, after }) => differences(before, after, isRest).length > 0)
		? kept
		: [];
}

export const isWithin = (path: string, places: readonly string[]): boolean =>
	places.some((place) => path === place || path.startsWith(`${place}.`));

/** Moments that appeared, numbers that went up by one, and lists that grew. */
function tracesOf({ before, after }: ObservedEffect, isVolatile: Volatile): Set<string> {
	const was = leavesOf(before);
	return new Set(
		differences(before, after, isVolatile).flatMap(({ path, after: json = '' }) => {
			const list = /^(.*?)\.\d+(\.|$)/.exec(path)?.[1];
			if (list !== undefined) return was.has(path) ? [] : [list];
			const isTrace = isMoment(json) || (/^"?\d/.test(json) && moveAt(path, before, after) === 1);
			return isTrace && !isStateName(path) ? [path] : [];
		}),
	);
}

/**
 * Counts that are named like one of deliveries, though a report that decides nothing does not move
 * them: what a success does once. path → what it put there.
 */
export function countsDespiteName({ successes, undecided }: Observed): Map<string, string> {
	const [first] = successes;
	if (first === undefined || undecided.length === 0) return new Map();
	const isMoved = (path: string) => (one: ObservedEffect) =>
		moveAt(path, one.before, one.after) === 1;
	return new Map(
		[...leavesOf(first.after)].filter(
			([path]) =>
				namesDeliveries(path) && successes.every(isMoved(path)) && !undecided.some(isMoved(path)),
		),
	);
}

/** Counts that are not judged, because of their names alone: path → why. */
export function leftOutByName(state: State, counts: ReadonlyMap<string, string>) {
	return [...leavesOf(state)]
		.filter(([path, json]) => namesDeliveries(path) && /^\d/.test(json) && !counts.has(path))
		.map(([path]) => [path, 'counts callbacks, by its name'] as const);
}

/** What was not looked at, at the end of a sentence; empty where there is nothing. */
export function leftOutText({
	leftOut,
}: {
	readonly leftOut: ReadonlyMap<string, string>;
}): string {
	const reasons = [...new Set(leftOut.values())].map((why) => {
		const places = [...leftOut].filter(([, other]) => other === why).map(([path]) => path);
		return `${places.join(', ')} (${why})`;
	});
	return reasons.length === 0 ? '' : `; left out: ${reasons.join('; ')}`;
}

/** The end of a sentence that tells it. */
export const leftOutIn = (sentence: string): string => /; left out: .*$/.exec(sentence)?.[0] ?? '';
