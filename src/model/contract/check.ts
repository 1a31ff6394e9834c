import type { Outcome, SentRequest } from './exchange.ts';
import type { CredentialsUsed, ExitCode } from './run-events.ts';

/** What `check --json` says. */

/**
 * `inconclusive`: what was seen from outside does not decide it, which is never a pass.
 * `skipped`: it does not apply here, and the reason says why.
 */
export type RuleVerdict = 'passed' | 'failed' | 'warned' | 'inconclusive' | 'skipped';

/** `advice` ends passed or warned, never failed. */
export type RuleLevel = 'must' | 'should' | 'advice';

/** What one case of a rule showed: as much as is needed to believe it, or to dispute it. */
export interface RuleEvidence {
	readonly case: string;
	readonly verdict: RuleVerdict;
	readonly reason: string;
	/** The last request of the case and its answer. */
	readonly sent?: SentRequest | undefined;
	readonly answer?: Outcome | undefined;
	/** What the probe read, as JSON text: before the case began, and at the end of the run. */
	readonly before?: string | undefined;
	readonly after?: string | undefined;
	/** The end of what the receiver printed, where this case brought it down. */
	readonly log?: string | undefined;
}

/** The verdict on one rule. Exactly one a rule and run. */
export interface RuleResult {
	readonly rule: string;
	readonly title: string;
	readonly level: RuleLevel;
	readonly verdict: RuleVerdict;
	/** The worst case, in a sentence. */
	readonly reason: string;
	/** The cases that made the verdict, at most a few. */
	readonly evidence: readonly RuleEvidence[];
	/** How to fix it. */
	readonly hint: string;
	readonly why: string;
	/** Public address, or null where nobody says it. */
	readonly source: string | null;
	/** Command lines that do the same again, set-up included; empty where nothing was sent. */
	readonly reproduce: string;
}

export interface RuleEvent extends RuleResult {
	readonly v: 1;
	readonly type: 'rule';
	readonly run: string;
}

/** How many rules came to which verdict. */
export interface RuleCounts {
	readonly rules: number;
	readonly passed: number;
	readonly failed: number;
	readonly warned: number;
	readonly inconclusive: number;
	readonly skipped: number;
}

/** The last line of a `check`. */
export interface CheckSummary extends RuleCounts {
	readonly v: 1;
	readonly type: 'summary';
	readonly run: string;
	readonly provider: string;
	readonly target: string;
	readonly seed: string;
	readonly credentials: CredentialsUsed;
	readonly exitCode: ExitCode;
}

/** `check --list --json` */
export interface RuleListing {
	readonly v: 1;
	readonly rules: readonly {
		readonly rule: string;
		readonly title: string;
		readonly level: RuleLevel;
		/** null: every provider. */
		readonly providers: readonly string[] | null;
		readonly why: string;
		readonly hint: string;
		readonly source: string | null;
		readonly slow: boolean;
	}[];
}
