import { type Difference, differences, isMoment, leavesOf, type State } from './state.ts';

/** What one genuine callback did to one order. */
export interface Experience {
	readonly before: State;
	readonly after: State;
	readonly amount: string;
	/** Every value that was sent, as text, without those by which a receiver may know the outcome. */
	readonly echoes: ReadonlySet<string>;
	/** Those: a receiver that keeps the provider's own status may have nothing else to show. */
	readonly tells: ReadonlySet<string>;
}

/**
 * What the receiver's state looks like after a genuine success, and after a genuine failure, as the first orders of the
 * run showed it. Orders differ in number and amount, so it is told by what they have in common.
 */
export interface Lesson {
	/** Whether a genuine success changes anything that the probe shows. */
	readonly visible: boolean;
	/** path → value that a success left on every order. */
	readonly success: ReadonlyMap<string, string>;
	/** The same for a failure; empty where a failure changes nothing. */
	readonly failure: ReadonlyMap<string, string>;
	/** path → how many times the order's amount a success put there: a credited sum, in any unit. */
	readonly sums: ReadonlyMap<string, number>;
	/** The receiver answers before it has finished: every look has to wait. */
	readonly late: boolean;
	readonly isVolatile: (path: string) => boolean;
}

export function lessonFrom(
	successes: readonly Experience[],
	failures: readonly Experience[],
	late: boolean,
	isVolatile: (path: string) => boolean,
): Lesson {
	const success = marksOf(successes, isVolatile);
	const failure = marksOf(failures, isVolatile);
	return {
		visible:
			successes.length > 0 && successes.every(({ before, after }) => differences(before, after, isVolatile).length > 0),
		success: without(success, failure),
		failure: without(failure, success),
		sums: sumsOf(successes, isVolatile),
		late,
		isVolatile,
	};
}

/**
 * What changed on every order, to the same value on all, and says how the order is: its state, a flag, a count. Only
 * where there is none of these, whatever else changed: a note, or the provider's status that was copied. (An order
 * under review keeps notes and copies too.)
 */
function marksOf(experiences: readonly Experience[], isVolatile: (path: string) => boolean): Map<string, string> {
	const marks = [...commonOf(experiences, isVolatile)];
	const isTold = (json: string) => experiences.some(({ tells }) => tells.has(bare(json)));
	const strong = marks.filter(
		([path, json]) => isStateName(path) || (!isTold(json) && /^(-?\d|true|false)/.test(json)),
	);
	const own = marks.filter(([, json]) => !isTold(json));
	return new Map([strong, own, marks].find((some) => some.length > 0) ?? []);
}

/** A column that says how the order is, whosever word stands in it; `last_status` says what was heard last. */
const isStateName = (path: string): boolean =>
	/^((order|payment|transaction|trx|transfer)_?)?(state|status|stage)$/i.test(path.split('.').at(-1) ?? '');

function commonOf(experiences: readonly Experience[], isVolatile: (path: string) => boolean): Map<string, string> {
	const [first, ...others] = experiences;
	if (first === undefined) return new Map();
	const changed = differences(first.before, first.after, isVolatile).filter(
		({ path, after }) =>
			after !== undefined &&
			!isMoment(after) &&
			!experiences.some(({ echoes }) => isEcho(path, bare(after), echoes)) &&
			others.every((other) => leavesOf(other.after).get(path) === after && leavesOf(other.before).get(path) !== after),
	);
	return new Map(changed.map(({ path, after }) => [path, after as string]));
}

/** Copied from the callback: the same, or taken out of a longer text (a price among words, its dots removed). */
function isEcho(path: string, text: string, echoes: ReadonlySet<string>): boolean {
	if (echoes.has(text)) return true;
	if (text.length < 3 || isStateName(path)) return false;
	return [...echoes].some((sent) => sent.includes(text) || sent.replaceAll('.', '').includes(text));
}

/** Numbers that moved with the amount of the order; to be sure of it there must be two amounts. */
function sumsOf(experiences: readonly Experience[], isVolatile: (path: string) => boolean): Map<string, number> {
	const [first, second] = experiences;
	if (first === undefined || second === undefined || first.amount === second.amount) return new Map();
	const factor = ({ after, amount }: Experience, path: string) =>
		Number(bare(leavesOf(after).get(path) ?? '""') || 'x') / Number(amount);
	return new Map(
		differences(first.before, first.after, isVolatile)
			.map(({ path }) => [path, factor(first, path)] as const)
			.filter(
				([path, times]) => Number.isFinite(times) && times !== 0 && Math.abs(times - factor(second, path)) < 1e-9,
			),
	);
}

/** Sums that are not those of one success: the goods went out twice, or not at all. */
export function wrongSums(sums: ReadonlyMap<string, number>, amount: string, after: State): Difference[] {
	return [...sums].flatMap(([path, times]) => {
		const json = leavesOf(after).get(path);
		const expected = times * Number(amount);
		return Math.abs(Number(bare(json ?? '"x"')) - expected) < 1e-6
			? []
			: [{ path, before: String(expected), after: json }];
	});
}

const bare = (json: string): string => (json.startsWith('"') ? (JSON.parse(json) as string) : json);

/** What both leave behind (a counter of callbacks, a log line) tells neither. All the same on both: keep them. */
function without(marks: Map<string, string>, others: Map<string, string>): Map<string, string> {
	const own = new Map([...marks].filter(([path, value]) => others.get(path) !== value));
	return own.size === 0 ? marks : own;
}

/** The marks that an order bears now and did not bear before. */
export function bears(marks: ReadonlyMap<string, string>, before: State, after: State): Difference[] {
	const was = leavesOf(before);
	const is = leavesOf(after);
	return [...marks]
		.filter(([path, value]) => is.get(path) === value && was.get(path) !== value)
		.map(([path, value]) => ({ path, before: was.get(path), after: value }));
}
