/** Every word for how something ended, the worst first: the one order there is. */
const worstFirst = ['failed', 'error', 'warned', 'inconclusive', 'passed', 'skipped'] as const;

type Verdict = (typeof worstFirst)[number];

/** Below zero where the first is the worse one, for sorting. */
export function bySeverity(one: Verdict, other: Verdict): number {
	return worstFirst.indexOf(one) - worstFirst.indexOf(other);
}

/** One that failed fails all of them, and what was not decided keeps them from passing. */
export function worstOf<T extends Verdict>(verdicts: readonly T[]): T | undefined {
	return verdicts.toSorted(bySeverity)[0];
}
