import type { RuleVerdict } from '../model/rule-record.ts';
import { bySeverity } from '../model/severity.ts';

/** What a case, or a whole rule, came to. */
export interface Finding {
	readonly verdict: RuleVerdict;
	readonly reason: string;
	/** What to do, where that is more certain than the advice of the rule. */
	readonly fix?: string | undefined;
}

export const passed = (reason: string): Finding => ({ verdict: 'passed', reason });
export const failed = (reason: string, fix?: string): Finding => ({
	verdict: 'failed',
	reason,
	fix,
});
export const warned = (reason: string): Finding => ({ verdict: 'warned', reason });
export const inconclusive = (reason: string): Finding => ({ verdict: 'inconclusive', reason });
export const skipped = (reason: string): Finding => ({ verdict: 'skipped', reason });

/** The first of the worst: a failed case fails the rule, an undecided one keeps it from passing. */
export function worst<T extends Finding>(findings: readonly T[]): T | undefined {
	return findings.toSorted((a, b) => bySeverity(a.verdict, b.verdict))[0];
}
