/** Whether everything is tried, as `npm run test:long` and CI do; `npm test` has a part of what is more of the same. */
export const isLong = process.env['CALLSIM_LONG'] !== undefined;

/** Every so many of a table, and all of it where everything is tried. The same part on every machine and in every run. */
export const part = <T>(all: readonly T[], every: number): readonly T[] =>
	isLong ? all : all.filter((_one, at) => at % every === 0);

/** How often a property is tried: a quarter as often, but where everything is tried. */
export const runs = (count: number): { numRuns: number } => ({
	numRuns: isLong ? count : Math.ceil(count / 4),
});

/** The first of each kind, and all of them where everything is tried. */
export function firstOfEach<T>(all: readonly T[], kindOf: (one: T) => unknown): readonly T[] {
	if (isLong) return all;
	const kinds = all.map(kindOf);
	return all.filter((_one, at) => kinds.indexOf(kinds[at]) === at);
}
