import type { Outcome } from './outcome.ts';
import type { SentRequest } from './run-event.ts';

/**
 * `inconclusive`: what was seen from outside does not decide it, which is never a pass.
 * `skipped`: it does not apply here, and the reason says why.
 */
export type RuleVerdict = 'passed' | 'failed' | 'warned' | 'inconclusive' | 'skipped';

/** `advice` ends passed or warned, never failed. */
export type RuleLevel = 'must' | 'should' | 'advice';

/** What one case of a rule showed: as much as is needed to believe it, or to dispute it. */
export interface Evidence {
	readonly case: string;
	readonly verdict: RuleVerdict;
	readonly reason: string;
	/** The last request of the case and its answer. */
	readonly sent?: SentRequest | undefined;
	readonly answer?: Outcome | undefined;
	/** What the probe read, as JSON text: before the case began, and at the end of the run. */
	readonly before?: string | undefined;
	readonly after?: string | undefined;
}

/** The verdict on one rule. Exactly one a rule and run. */
export interface RuleRecord {
	readonly rule: string;
	readonly title: string;
	readonly level: RuleLevel;
	readonly verdict: RuleVerdict;
	/** The worst case, in a sentence. */
	readonly reason: string;
	/** The cases that made the verdict, at most a few. */
	readonly evidence: readonly Evidence[];
	readonly why: string;
	/** How to mend it. */
	readonly hint: string;
	/** Public address, or null where nobody says it. */
	readonly source: string | null;
	/** Command lines that do the same again, set-up included; empty where nothing was sent. */
	readonly reproduce: string;
}

/** What can be said of a rule without trying it. */
export interface RuleInfo {
	readonly id: string;
	/** What a receiver that keeps it does, as a sentence. */
	readonly title: string;
	readonly level: RuleLevel;
	/** Where it weighs otherwise: provider → level. */
	readonly levels?: Readonly<Record<string, RuleLevel>> | undefined;
	/** Whom it is about; every provider where absent. */
	readonly providers?: readonly string[] | undefined;
	/** What happens to a shop that breaks it; a real incident where one is known. */
	readonly why: string;
	/** How to mend it. */
	readonly hint: string;
	/** Public address where the demand or the incident stands, or null. */
	readonly source: string | null;
	/** Only with `--slow`. */
	readonly slow?: boolean | undefined;
}
