import type { Case, RunReport, Suite } from '../run-report.ts';

/** A case beside its suite, because only the suite says in which scenario it stands. */
export interface Placed {
	readonly suite: Suite;
	readonly one: Case;
}

export function placedCases(suites: readonly Suite[]): Placed[] {
	return suites.flatMap((suite) => suite.cases.map((one) => ({ suite, one })));
}

/** A run that broke off as a suite with an error, so that nobody takes the rest for a success. */
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
