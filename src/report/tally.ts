import type { CaseTally } from '../model/contract/document.ts';
import { worstOf } from '../model/severity.ts';
import type { Case, CaseVerdict, Suite } from './run-report.ts';

export function tallyOf(suites: readonly Suite[]): CaseTally {
	const cases = suites.flatMap((suite) => suite.cases);
	const count = (verdict: CaseVerdict) => cases.filter((one) => one.verdict === verdict).length;
	return {
		cases: cases.length,
		passed: count('passed'),
		failed: count('failed'),
		tolerated: cases.filter(({ tolerated }) => tolerated !== undefined).length,
		errors: count('error'),
		warned: count('warned'),
		inconclusive: count('inconclusive'),
		skipped: count('skipped'),
	};
}

/** `7 cases: 4 passed, 2 failed (1 tolerated), 1 skipped`: the figures of every report. */
export function tallySentence(tally: CaseTally): string {
	const { cases, failed, tolerated, errors } = tally;
	if (cases === 0) return 'nothing was run';
	const parts = [
		[tally.passed, 'passed'],
		[failed, tolerated === 0 ? 'failed' : `failed (${tolerated} tolerated)`],
		[errors, errors === 1 ? 'error' : 'errors'],
		[tally.warned, 'warned'],
		[tally.inconclusive, 'not decided'],
		[tally.skipped, 'skipped'],
	] as const;
	const shown = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
	return `${cases} ${cases === 1 ? 'case' : 'cases'}: ${shown.join(', ')}`;
}

/** The worst of its cases; a suite without any was skipped. */
export const verdictOf = ({ cases }: Suite): CaseVerdict =>
	worstOf(cases.map(({ verdict }) => verdict)) ?? 'skipped';

/** An error is a failure, too. */
export const isFailure = ({ verdict }: Pick<Case, 'verdict'>): boolean =>
	verdict === 'failed' || verdict === 'error';

/** Whether a case turns a report red, for a CI that judges by it. */
export const isRed = (one: Pick<Case, 'verdict' | 'tolerated'>): boolean =>
	isFailure(one) && one.tolerated === undefined;

export const isRedSuite = ({ cases }: Suite): boolean => cases.some(isRed);

/** For a report that knows no other word than skipped. */
export const skippedText = ({ verdict, message }: Case): string =>
	verdict === 'inconclusive' ? `not decided: ${message}` : message;
