/** Provider time on paper: where a moment stands, and the moments that are named. */
export interface Axis {
	readonly isLogarithmic: boolean;
	/** The last moment, milliseconds. */
	readonly span: number;
	/** @returns 0 to 100 */
	at(offsetMs: number): number;
	readonly ticks: readonly number[];
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const steps = [1, 10, 100, 500]
	.concat([1, 2, 5, 10, 15, 30].map((count) => count * second))
	.concat([1, 2, 5, 10, 15, 30].map((count) => count * minute))
	.concat([1, 2, 3, 6, 12].map((count) => count * hour))
	.concat([1, 2, 7, 14, 30, 90].map((count) => count * day));

/** Marks closer than this, in percent, lie on top of each other. */
const closest = 2;

/** @param rows - the moments of each delivery, milliseconds of provider time, ascending */
export function axisFor(rows: readonly (readonly number[])[]): Axis {
	const span = rows.reduce((longest, row) => Math.max(longest, ...row), 0);
	const gaps = rows
		.flatMap((row) => row.slice(1).map((offset, at) => offset - (row[at] ?? 0)))
		.filter((gap) => gap > 0);
	const smallest = gaps.reduce((least, gap) => Math.min(least, gap), span);
	return (smallest / span) * 100 < closest ? logarithmic(span, smallest) : linear(span, smallest);
}

const mostTicks = 6;

/** A pause is the best step there is: the marks then stand on the lines. */
function linear(span: number, smallest: number): Axis {
	const candidates = steps.includes(smallest) ? [smallest, ...steps] : steps;
	const step = candidates.find((width) => span / width <= mostTicks) ?? Math.ceil(span / mostTicks);
	const ticks = Array.from({ length: Math.floor(span / step) + 1 }, (_, at) => at * step);
	return {
		isLogarithmic: false,
		span,
		at: (offset) => (span === 0 ? 0 : rounded((offset / span) * 100)),
		ticks,
	};
}

/** A schedule of minutes that ends in days would otherwise begin with a heap of marks. */
function logarithmic(span: number, smallest: number): Axis {
	const at = (offset: number) =>
		rounded((Math.log1p(offset / smallest) / Math.log1p(span / smallest)) * 100);
	const named = [second, 10 * second, minute, 10 * minute, hour, 6 * hour, day, 7 * day, 30 * day];
	const inside = named.filter((moment) => moment >= smallest && moment <= span);
	return { isLogarithmic: true, span, at, ticks: [0, ...inside] };
}

const rounded = (percent: number): number => Math.round(percent * 100) / 100;
