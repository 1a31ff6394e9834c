import { bySeverity } from '../../model/severity.ts';
import { counted } from '../outcome-text.ts';
import type { Case, CaseVerdict, RunReport } from '../run-report.ts';
import { isRed, verdictOf } from '../tally.ts';

/** What a command judges, in its own word. */
export const judgedIn = {
	fire: { one: 'delivery', many: 'deliveries' },
	run: { one: 'step', many: 'steps' },
	check: { one: 'rule', many: 'rules' },
} as const;

export const hasFailed = ({ verdict }: Case): boolean => isRed(verdict);

/** The verdict in one plain sentence: `3 of 30 scenarios failed`. */
export function verdictSentence({ command, suites }: RunReport): string {
	if (command === 'run') return sentence(suites.map(verdictOf), 'scenario', 'scenarios');
	const verdicts = suites.flatMap(({ cases }) => cases.map(({ verdict }) => verdict));
	const { one, many } = judgedIn[command];
	return sentence(verdicts, one, many);
}

function sentence(verdicts: readonly CaseVerdict[], one: string, many: string): string {
	const all = verdicts.length;
	const failed = verdicts.filter(isRed).length;
	if (all === 0) return 'Nothing was judged';
	if (failed > 0) return all === 1 ? `The ${one} failed` : `${failed} of ${counted(all, one, many)} failed`;
	if (verdicts.some((verdict) => verdict !== 'passed')) return `None of ${counted(all, one, many)} failed`;
	return all === 1 ? `The ${one} passed` : `All ${counted(all, one, many)} passed`;
}

/** How many cases came to which verdict, the worst first, without those that none came to. */
export function verdictCounts(cases: readonly Case[]): readonly (readonly [CaseVerdict, number])[] {
	const counts = new Map<CaseVerdict, number>();
	for (const { verdict } of cases) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
	return [...counts].sort(([one], [other]) => bySeverity(one, other));
}
