/** One line of two texts, and in which of them it stands. */
export type DiffLine = readonly [in_: 'both' | 'before' | 'after', line: string];

/** Products of lines; what is longer is told as gone and come as a whole. */
const mostWork = 1_000_000;

/** A comma says that more follows, not that the value is another one. */
const value = (line: string): string => line.replace(/,$/, '');

/** The lines of two texts as one: what stayed, what went, what came. */
export function lineDiff(before: readonly string[], after: readonly string[]): DiffLine[] {
	const isSame = (one: number, other: number) =>
		value(before[one] ?? '') === value(after[other] ?? '');
	const shortest = Math.min(before.length, after.length);
	let start = 0;
	while (start < shortest && isSame(start, start)) start++;
	let end = 0;
	while (end < shortest - start && isSame(before.length - 1 - end, after.length - 1 - end)) end++;
	const both = (lines: readonly string[]) => lines.map((line): DiffLine => ['both', line]);
	return [
		...both(after.slice(0, start)),
		...changed(before.slice(start, before.length - end), after.slice(start, after.length - end)),
		...both(after.slice(after.length - end)),
	];
}

/** By the longest run of lines that both have. */
function changed(before: readonly string[], after: readonly string[]): DiffLine[] {
	const gone = (lines: readonly string[]) => lines.map((line): DiffLine => ['before', line]);
	const come = (lines: readonly string[]) => lines.map((line): DiffLine => ['after', line]);
	if (before.length * after.length > mostWork) return [...gone(before), ...come(after)];
	const width = after.length + 1;
	const longest = new Uint32Array((before.length + 1) * width);
	const at = (one: number, other: number) => longest[one * width + other] ?? 0;
	const isSame = (one: number, other: number) =>
		value(before[one] ?? '') === value(after[other] ?? '');
	for (let one = before.length - 1; one >= 0; one--)
		for (let other = after.length - 1; other >= 0; other--)
			longest[one * width + other] = isSame(one, other)
				? at(one + 1, other + 1) + 1
				: Math.max(at(one + 1, other), at(one, other + 1));
	const lines: DiffLine[] = [];
	let [one, other] = [0, 0];
	while (one < before.length && other < after.length) {
		if (isSame(one, other)) {
			lines.push(['both', after[other] ?? '']);
			one++;
			other++;
		} else if (at(one + 1, other) >= at(one, other + 1))
			lines.push(...gone(before.slice(one, ++one)));
		else lines.push(...come(after.slice(other, ++other)));
	}
	return [...lines, ...gone(before.slice(one)), ...come(after.slice(other))];
}
