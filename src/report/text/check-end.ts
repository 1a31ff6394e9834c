import type { ChalkInstance } from 'chalk';
import type { CheckSummary } from '../../model/contract/check.ts';
import type { RuleRecord, RuleVerdict } from '../../model/rule-record.ts';
import type { Mask } from '../safe/mask.ts';

/** What a check came to, and what made it fail. */
export interface CheckEnd extends Omit<CheckSummary, 'v' | 'type'> {
	readonly gate: 'must' | 'should';
	/** What kept everything from being proved, where no verdict tells it. */
	readonly cause?: CheckCause | undefined;
}

export interface CheckCause {
	readonly reason: string;
	readonly fix: string | undefined;
}

/** Rules of one verdict, what weighs most first. */
export type Of = (verdict: RuleVerdict) => readonly RuleRecord[];

export interface CheckTextContext {
	readonly paint: ChalkInstance;
	readonly mask: Mask;
}
