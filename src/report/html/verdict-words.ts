import { bySeverity } from '../../model/severity.ts';
import { counted } from '../outcome-text.ts';
import type { Case, CaseVerdict, RunReport, Suite } from '../run-report.ts';
import { isFailure, isRedSuite, verdictOf } from '../tally.ts';

/** What a command judges, in its own word. */
export const judgedIn = {
	fire: { one: 'delivery', many: 'deliveries' },
	run: { one: 'step', many: 'steps' },
	check: { one: 'rule', many: 'rules' },
} as const;

/** As the terminal has it. */
export const verdictWord = (verdict: CaseVerdict): string =>
	verdict === 'inconclusive' ? 'not decided' : verdict;

/** The verdict in one plain sentence: `3 of 30 scenarios failed`. */
export function verdictSentence({ command, suites }: RunReport): string {
	const { one, many } =
		command === 'run' ? { one: 'scenario', many: 'scenarios' } : judgedIn[command];
	const verdicts =
		command === 'run'
			? suites.map(verdictOf)
			: suites.flatMap(({ cases }) => cases.map(({ verdict }) => verdict));
	const all = counted(verdicts.length, one, many);
	const failed = verdicts.filter((verdict) => isFailure({ verdict })).length;
	if (verdicts.length === 0) return 'Nothing was judged';
	if (failed > 0)
		return `${verdicts.length === 1 ? `The ${one}` : `${failed} of ${all}`} failed${forgiven(suites)}`;
	if (verdicts.some((verdict) => verdict !== 'passed')) return `None of ${all} failed`;
	return verdicts.length === 1 ? `The ${one} passed` : `All ${all} passed`;
}

/** Said where it is why the run is green all the same. */
function forgiven(suites: readonly Suite[]): string {
	const reason = suites
		.flatMap(({ cases }) => cases)
		.find(({ tolerated }) => tolerated !== undefined)?.tolerated;
	return reason === undefined || suites.some(isRedSuite) ? '' : `, all ${reason}`;
}

/** How many cases came to which verdict, the worst first, without those that none came to. */
export function verdictCounts(cases: readonly Case[]): readonly (readonly [CaseVerdict, number])[] {
	const counts = new Map<CaseVerdict, number>();
	for (const { verdict } of cases) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
	return [...counts].sort(([one], [other]) => bySeverity(one, other));
}
