import { differences, isMoment, leavesOf, type State } from '../order/state.ts';
import { anyMoment, hasGained, isOpen, isStateName } from './effects-seen.ts';
import {
	countsDespiteName,
	isWithin,
	keptOfAll,
	leftOutByName,
	type Observed,
} from './left-out.ts';
import { type Moves, refundOf } from './moves.ts';
import { bare, type ObservedEffect } from './observed-effect.ts';

/**
 * What the receiver's state looks like after a genuine success, and after a genuine failure, as the
 * first orders of the run showed it. Orders differ in number and amount, so it is told by what they
 * have in common.
 */
export interface LearnedEffects {
	/** Whether a genuine success changes anything that the probe shows. */
	readonly visible: boolean;
	/** path → value that a success left on every order. */
	readonly success: ReadonlyMap<string, string>;
	/** The same for a failure; empty where a failure changes nothing. */
	readonly failure: ReadonlyMap<string, string>;
	/** A failure leaves all that a success does: by what is seen the two are not told apart. */
	readonly isAlike: boolean;
	/** path → how many times the order's amount a success put there: a credited sum, in any unit. */
	readonly sums: ReadonlyMap<string, number>;
	/** path → number that one success puts there, as others may: messages sent, pieces credited. */
	readonly counts: ReadonlyMap<string, string>;
	/** Places that an order has after one success: a list that is longer had more than one. */
	readonly places: ReadonlySet<string>;
	/** The probe shows something that can be counted: a second effect would show. */
	readonly counted: boolean;
	/** What a failure moves and a success does not: money that went back. */
	readonly refund: Moves;
	/** Places of the probe that are not judged, and why: an effect might hide there. */
	readonly leftOut: ReadonlyMap<string, string>;
	/** The receiver answers before it has finished: every look has to wait. */
	readonly late: boolean;
	readonly isVolatile: (path: string) => boolean;
}

export function effectsFrom(
	observed: Observed,
	late: boolean,
	changesAnyway: (path: string) => boolean,
): LearnedEffects {
	const { successes, failures } = observed;
	const kept = keptOfAll(observed, changesAnyway);
	const isVolatile = (path: string) => changesAnyway(path) || isWithin(path, kept);
	const success = commonOf(successes, isVolatile);
	const failure = commonOf(failures, isVolatile);
	const named = countsDespiteName(observed);
	const [first] = successes;
	return {
		visible:
			successes.length > 0 &&
			successes.every(({ before, after }) => differences(before, after, isVolatile).length > 0),
		success: ownWordsIn(withoutShared(success, failure), successes),
		failure: withoutOpen(ownWordsIn(withoutShared(failure, success), failures)),
		isAlike: success.size > 0 && [...success].every(([path, is]) => failure.get(path) === is),
		sums: sumsOf(successes, isVolatile),
		counts: new Map([
			...[...success].filter(([, json]) => /^"?-?\d+(\.\d+)?"?$/.test(json)),
			...named,
		]),
		places: new Set(successes.flatMap(({ after }) => [...leavesOf(after).keys()])),
		counted:
			named.size > 0 || successes.some(({ before, after }) => isCounted(before, after, isVolatile)),
		refund: refundOf(failures, successes, isVolatile),
		leftOut: new Map([
			...(first === undefined ? [] : leftOutByName(first.after, named)),
			...kept.map((path) => [path, 'each callback leaves its trace there'] as const),
		]),
		late,
		isVolatile,
	};
}

/**
 * The receiver's own words. Only where it has none, the provider's status that it copied: orders
 * under review keep that too.
 */
function ownWordsIn(
	effects: Map<string, string>,
	observed: readonly ObservedEffect[],
): Map<string, string> {
	const isCopied = (json: string) => observed.some(({ outcomes }) => outcomes.has(bare(json)));
	const own = [...effects].filter(([path, json]) => isStateName(path) || !isCopied(json));
	// One order alone has many values that no other would have: its state and its flags are safe.
	const safe = own.filter(
		([path, json]) => observed.length > 1 || isStateName(path) || /^(true|false)$/.test(json),
	);
	return new Map([safe, own, [...effects]].find((some) => some.length > 0) ?? []);
}

function commonOf(
	observed: readonly ObservedEffect[],
	isVolatile: (path: string) => boolean,
): Map<string, string> {
	const [first, ...others] = observed;
	if (first === undefined) return new Map();
	const changed = differences(first.before, first.after, isVolatile).flatMap(({ path, after }) => {
		if (after === undefined || isBlank(after)) return [];
		if (observed.some(({ echoes }) => isEcho(path, bare(after), echoes))) return [];
		const effect = isMoment(after) ? anyMoment : after;
		const isCommon = others.every((other) => hasGained(path, effect, other.before, other.after));
		return isCommon && hasGained(path, effect, first.before, first.after)
			? [[path, effect] as const]
			: [];
	});
	return new Map(changed);
}

/** What a callback had no value for: copied, it says nothing of an outcome. */
const isBlank = (json: string): boolean => /^(null|""|\[\]|\{\})$/.test(json);

/** Copied from the callback, or taken out of it: a price among words, its dots removed. */
function isEcho(path: string, text: string, echoes: ReadonlySet<string>): boolean {
	if (echoes.has(text)) return true;
	if (text.length < 3 || isStateName(path)) return false;
	return [...echoes].some((sent) => sent.includes(text) || sent.replaceAll('.', '').includes(text));
}

/** Numbers that moved with the amount of the order; to be sure of it there must be two amounts. */
function sumsOf(
	observed: readonly ObservedEffect[],
	isVolatile: (path: string) => boolean,
): Map<string, number> {
	const [first, second] = observed;
	if (first === undefined || second === undefined || first.amount === second.amount)
		return new Map();
	const factor = ({ after, amount }: ObservedEffect, path: string) =>
		Number(bare(leavesOf(after).get(path) ?? '""') || 'x') / Number(amount);
	return new Map(
		differences(first.before, first.after, isVolatile)
			.map(({ path }) => [path, factor(first, path)] as const)
			.filter(
				([path, times]) =>
					Number.isFinite(times) && times !== 0 && Math.abs(times - factor(second, path)) < 1e-9,
			),
	);
}

/** A failure that was booked as still under way does not show what a failure looks like. */
function withoutOpen(effects: Map<string, string>): Map<string, string> {
	return new Map([...effects].filter(([path, json]) => !isStateName(path) || !isOpen(bare(json))));
}

/** What both leave behind (a counter, a log line) tells neither, unless all is the same on both. */
function withoutShared(
	effects: Map<string, string>,
	others: Map<string, string>,
): Map<string, string> {
	const own = new Map([...effects].filter(([path, value]) => others.get(path) !== value));
	return own.size === 0 ? effects : own;
}

/** Whether anything can be counted: a number that a success moved, or a list that grew. */
function isCounted(before: State, after: State, isVolatile: (path: string) => boolean): boolean {
	return differences(before, after, isVolatile).some(
		({ path, after: now }) =>
			now !== undefined &&
			!isMoment(now) &&
			(/^-?\d|^"-?\d+(\.\d+)?"$/.test(now) || /(^|\.)\d+(\.|$)/.test(path)),
	);
}
