import type { ExitCode } from '../model/run-event.ts';
import { worstOf } from '../model/severity.ts';
import type { Case, CaseVerdict, RunReport, Suite } from './run-report.ts';

/** How many cases ended how; the five verdicts add up to `cases`. */
export interface Tally {
	readonly cases: number;
	readonly passed: number;
	readonly failed: number;
	readonly errors: number;
	readonly skipped: number;
	readonly warned: number;
}

export function tallyOf(suites: readonly Suite[]): Tally {
	const cases = suites.flatMap((suite) => suite.cases);
	const count = (verdict: CaseVerdict) => cases.filter((one) => one.verdict === verdict).length;
	return {
		cases: cases.length,
		passed: count('passed'),
		failed: count('failed'),
		errors: count('error'),
		skipped: count('skipped'),
		warned: count('warned'),
	};
}

/** `7 cases: 4 passed, 2 failed, 1 skipped` */
export function tallySentence({ cases, passed, failed, errors, skipped, warned }: Tally): string {
	if (cases === 0) return 'nothing was run';
	const parts = [
		[passed, 'passed'],
		[failed, 'failed'],
		[errors, errors === 1 ? 'error' : 'errors'],
		[warned, 'warned'],
		[skipped, 'skipped'],
	] as const;
	const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
	return `${cases} ${cases === 1 ? 'case' : 'cases'}: ${said.join(', ')}`;
}

/** The worst of its cases; a suite without any was skipped. */
export function verdictOf({ cases }: Suite): CaseVerdict {
	return worstOf(cases.map(({ verdict }) => verdict)) ?? 'skipped';
}

/** Whether a verdict turns a report red. */
export function isRed(verdict: CaseVerdict): boolean {
	return verdict === 'failed' || verdict === 'error';
}

/** A case beside its suite, because only the suite says in which scenario it stands. */
export interface Placed {
	readonly suite: Suite;
	readonly one: Case;
}

export function placedCases(suites: readonly Suite[]): Placed[] {
	return suites.flatMap((suite) => suite.cases.map((one) => ({ suite, one })));
}

/** A run that broke off as one more suite with an error in it, so that no reader takes what was left for a success. */
export function brokenSuite({ broken, endedAt }: RunReport): Suite[] {
	if (broken === undefined) return [];
	const one: Case = {
		name: 'runs to its end',
		verdict: 'error',
		kind: broken.kind,
		message: broken.message,
		details: broken.also ?? [],
		...broken.place,
		tookMs: 0,
		deliveries: [],
		evidence: [],
	};
	return [{ name: 'callsim', startedAt: endedAt, tookMs: 0, cases: [one] }];
}

const meanings: Readonly<Record<ExitCode, string>> = {
	0: 'everything as expected',
	1: 'the receiver failed',
	2: 'a problem kept it from running',
	3: 'no attempt ever connected',
	70: 'a bug in callsim',
	130: 'interrupted',
	143: 'terminated',
};

/** What an exit code says, in a few words. */
export function exitMeaning(code: ExitCode): string {
	return meanings[code];
}
