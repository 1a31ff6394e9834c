import type { RuleEvidence, RuleLevel, RuleResult } from './contract/check.ts';
import type { Outcome } from './outcome.ts';
import type { SentRequest } from './run-event.ts';

export type { RuleLevel, RuleVerdict } from './contract/check.ts';

/** What one case of a rule showed, with what was sent and answered as bytes. */
export interface Evidence extends Omit<RuleEvidence, 'sent' | 'answer'> {
	readonly sent?: SentRequest | undefined;
	readonly answer?: Outcome | undefined;
}

/** The verdict on one rule. Exactly one a rule and run. */
export interface RuleRecord extends Omit<RuleResult, 'evidence'> {
	readonly evidence: readonly Evidence[];
	/** What kept it and others from being decided: told once, by the one that failed. */
	readonly follows?: string | undefined;
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
	/** How to fix it. */
	readonly hint: string;
	/** Public address where the demand or the incident stands, or null. */
	readonly source: string | null;
	/** Only with `--slow`. */
	readonly slow?: boolean | undefined;
}
