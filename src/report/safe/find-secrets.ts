import { groupedBy } from '../../model/grouped-by.ts';
import { lowered, type Needle } from './needles.ts';
import { Readings } from './readings.ts';

/** A part of a text that holds a secret. */
export interface Found {
	readonly start: number;
	readonly end: number;
	readonly shown: string;
}

/** Here something was left out: what stands before it may be the beginning of a secret. */
export const cutMark = '…';

/** What may be left of a spelling at a cut: `&#3`, `\u00`, and what was put around the rest. */
const cutSpelling = /^[\\%&"' \u0080-\u00ff][^\u2026]{0,9}\u2026|^\u2026/;

/** First characters → what begins with them. */
export type NeedleIndex = ReadonlyMap<number, readonly Needle[]>;

export const indexOf = (needles: readonly Needle[]): NeedleIndex =>
	groupedBy(needles, ({ codes }) => lowered(codes[0] ?? 0));

/** Where secrets stand in a text, in any spelling; what overlaps is one. */
export function foundIn(text: string, index: NeedleIndex): Found[] {
	const readings = new Readings(text);
	const isCut = text.includes(cutMark);
	const seen = new Map<Needle, Set<number>>();
	const found: Found[] = [];
	const begin = (code: number, start: number, next: number) => {
		for (const needle of index.get(lowered(code)) ?? []) {
			if (!isSame(needle, code, 0)) continue;
			const been = seen.get(needle) ?? new Set<number>();
			seen.set(needle, been);
			const end = endOf(needle, next, readings, isCut, been);
			if (end !== undefined) found.push(widened({ start, end, shown: needle.shown }, needle, text));
		}
	};
	for (let at = 0; at < text.length; at++) {
		const all = readings.at(at);
		if (all === undefined) begin(text.charCodeAt(at), at, at + 1);
		else for (const { code, end } of all) begin(code, at, end);
	}
	return merged(found);
}

/** How far a needle has been matched: its next character must be read here. */
type Way = readonly [at: number, matched: number];

/**
 * Where a needle ends whose first character ends here, the farthest such place.
 * @param been where ways have parted: none is gone twice, which would take a time that grows with
 * the square or worse. One that an earlier start has gone ended where that one ended, and the two
 * overlap.
 */
function endOf(
	needle: Needle,
	start: number,
	readings: Readings,
	isCut: boolean,
	been: Set<number>,
): number | undefined {
	const { text } = readings;
	const { length } = needle.codes;
	const open: Way[] = [];
	let farthest: number | undefined;
	for (let way: Way | undefined = [start, 1]; way !== undefined; ) {
		const [at, matched] = behindPlain(way, needle, readings);
		const isLeft = isCut && matched >= needle.fewest && cutSpelling.test(text.slice(at, at + 11));
		if (matched === length || isLeft) {
			farthest = Math.max(farthest ?? 0, matched === length ? at : text.indexOf(cutMark, at));
			way = open.pop();
			continue;
		}
		const ways = waysOn([at, matched], needle, readings);
		if (ways.length === 1) [way] = ways;
		else {
			for (const one of ways) {
				const here = one[0] * (length + 1) + one[1];
				if (!been.has(here)) open.push(one);
				been.add(here);
			}
			way = open.pop();
		}
	}
	return farthest;
}

/** Past characters that stand for themselves: the plain case. */
function behindPlain([from, before]: Way, needle: Needle, readings: Readings): Way {
	let [at, matched] = [from, before];
	while (
		matched < needle.codes.length &&
		readings.isPlain(at) &&
		isSame(needle, readings.text.charCodeAt(at), matched)
	) {
		at++;
		matched++;
	}
	return [at, matched];
}

function waysOn([at, matched]: Way, needle: Needle, readings: Readings): Way[] {
	const { text } = readings;
	const all = readings.at(at);
	if (all === undefined)
		return at < text.length && isBetween(needle, text.charCodeAt(at)) ? [[at + 1, matched]] : [];
	const ways: Way[] = [];
	for (const { code, end } of all) {
		if (isSame(needle, code, matched)) ways.push([end, matched + 1]);
		else if (isBetween(needle, code)) ways.push([end, matched]);
	}
	return ways;
}

const isBetween = ({ between }: Needle, code: number): boolean =>
	between !== '' && code < 0x80 && between.includes(String.fromCharCode(code));

function isSame({ codes, ignoresCase }: Needle, code: number, at: number): boolean {
	const wanted = codes[at];
	return code === wanted || (ignoresCase && lowered(code) === wanted);
}

function widened({ start, end, shown }: Found, { neighbours }: Needle, text: string): Found {
	if (neighbours === undefined) return { start, end, shown };
	return {
		start: neighbours.test(text.charAt(start - 1)) ? start - 1 : start,
		end: neighbours.test(text.charAt(end)) ? end + 1 : end,
		shown,
	};
}

/** @param found in any order; what a text shows in place of several is the longest of them */
function merged(found: readonly Found[]): Found[] {
	const all: Found[] = [];
	let longest = 0;
	for (const one of [...found].sort((a, b) => a.start - b.start)) {
		const last = all.at(-1);
		const length = one.end - one.start;
		if (last === undefined || one.start >= last.end) {
			all.push(one);
			longest = length;
			continue;
		}
		const isLonger = length > longest;
		longest = Math.max(longest, length);
		all[all.length - 1] = {
			...last,
			end: Math.max(last.end, one.end),
			shown: isLonger ? one.shown : last.shown,
		};
	}
	return all;
}
