import { type Difference, differences, isMoment, leavesOf, type State } from '../order/state.ts';

/** What one genuine callback did to one order. */
export interface ObservedEffect {
	readonly before: State;
	readonly after: State;
	readonly amount: string;
	/** Every value that was sent, as text, without those by which a receiver may know the outcome. */
	readonly echoes: ReadonlySet<string>;
	/** Those: a receiver that keeps the provider's own status may have nothing else to show. */
	readonly outcomes: ReadonlySet<string>;
}

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
	/** path → how many times the order's amount a success put there: a credited sum, in any unit. */
	readonly sums: ReadonlyMap<string, number>;
	/**
	 * path → number that one success puts there, whatever else puts it there too: messages sent,
	 * pieces credited.
	 */
	readonly counts: ReadonlyMap<string, string>;
	/** Places that an order has after one success: a list that is longer had more than one. */
	readonly places: ReadonlySet<string>;
	/** The probe shows something that can be counted: a second effect would show. */
	readonly counted: boolean;
	/** The receiver answers before it has finished: every look has to wait. */
	readonly late: boolean;
	readonly isVolatile: (path: string) => boolean;
}

export function effectsFrom(
	successes: readonly ObservedEffect[],
	failures: readonly ObservedEffect[],
	late: boolean,
	isVolatile: (path: string) => boolean,
): LearnedEffects {
	const success = commonOf(successes, isVolatile);
	const failure = commonOf(failures, isVolatile);
	return {
		visible:
			successes.length > 0 &&
			successes.every(({ before, after }) => differences(before, after, isVolatile).length > 0),
		success: ownWordsIn(withoutShared(success, failure), successes),
		failure: ownWordsIn(withoutShared(failure, success), failures),
		sums: sumsOf(successes, isVolatile),
		counts: new Map([...success].filter(([, json]) => /^"?-?\d+(\.\d+)?"?$/.test(json))),
		places: new Set(successes.flatMap(({ after }) => [...leavesOf(after).keys()])),
		counted: successes.some(({ before, after }) => isCounted(before, after, isVolatile)),
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

/**
 * A column that says how the order is, whosever word stands in it; `last_status`, or a copy of the
 * callback, does not.
 */
export function isStateName(path: string): boolean {
	const segments = path.split('.');
	const parents = segments.slice(0, -1);
	const isOrder = parents.every(
		(name, at) =>
			/^(data|order|payment|result|item|record)$/i.test(name) || (at === 0 && name === '0'),
	);
	return (
		isOrder &&
		/^((order|payment|transaction|trx|transfer)_?)?(state|status|stage)$/i.test(
			segments.at(-1) ?? '',
		)
	);
}

/** What stands for any moment: that one appeared tells as much as a word. */
const anyMoment = '(a moment)';

function commonOf(
	observed: readonly ObservedEffect[],
	isVolatile: (path: string) => boolean,
): Map<string, string> {
	const [first, ...others] = observed;
	if (first === undefined) return new Map();
	const changed = differences(first.before, first.after, isVolatile).flatMap(({ path, after }) => {
		if (after === undefined || observed.some(({ echoes }) => isEcho(path, bare(after), echoes)))
			return [];
		const effect = isMoment(after) ? anyMoment : after;
		const isCommon = others.every((other) => hasGained(path, effect, other.before, other.after));
		return isCommon && hasGained(path, effect, first.before, first.after)
			? [[path, effect] as const]
			: [];
	});
	return new Map(changed);
}

/** Whether a path has this value now and had not before. */
function hasGained(path: string, effect: string, before: State, after: State): boolean {
	const was = leavesOf(before).get(path);
	const is = leavesOf(after).get(path);
	if (is === undefined) return false;
	if (effect === anyMoment) return isMoment(is) && (was === undefined || !isMoment(was));
	return is === effect && was !== effect;
}

/** Whether a path still has the value of an effect. */
export function stillHas([path, effect]: readonly [string, string], state: State): boolean {
	const is = leavesOf(state).get(path);
	return is !== undefined && (effect === anyMoment ? isMoment(is) : is === effect);
}

/**
 * Copied from the callback: the same, or taken out of a longer text (a price among words, its dots
 * removed).
 */
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

/**
 * What is not as after one success: a sum, a count, a list that is too long. The goods went out
 * twice, or not at all.
 */
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

const bare = (json: string): string => (json.startsWith('"') ? (JSON.parse(json) as string) : json);

/**
 * What both leave behind (a counter of callbacks, a log line) tells neither. All the same on both:
 * keep them.
 */
function withoutShared(
	effects: Map<string, string>,
	others: Map<string, string>,
): Map<string, string> {
	const own = new Map([...effects].filter(([path, value]) => others.get(path) !== value));
	return own.size === 0 ? effects : own;
}

/** The effects that an order shows now and did not show before. */
export function effectsSeen(
	effects: ReadonlyMap<string, string>,
	before: State,
	after: State,
): Difference[] {
	const was = leavesOf(before);
	const is = leavesOf(after);
	return [...effects]
		.filter(([path, effect]) => hasGained(path, effect, before, after))
		.map(([path]) => ({ path, before: was.get(path), after: is.get(path) }));
}

/**
 * Whether what an order shows makes it look as after a success (or failure): all of the effects, or
 * the word for its state. A flag or a note alone may stand on an order under review as well.
 */
export function isLike(effects: ReadonlyMap<string, string>, seen: readonly Difference[]): boolean {
	return (
		seen.length > 0 && (seen.length === effects.size || seen.some(({ path }) => isStateName(path)))
	);
}

/**
 * Whether the state shows anything that can be counted: a number that a success moved, or a list
 * that grew.
 */
function isCounted(before: State, after: State, isVolatile: (path: string) => boolean): boolean {
	return differences(before, after, isVolatile).some(
		({ path, after: now }) =>
			now !== undefined &&
			!isMoment(now) &&
			(/^-?\d|^"-?\d+(\.\d+)?"$/.test(now) || /(^|\.)\d+(\.|$)/.test(path)),
	);
}
