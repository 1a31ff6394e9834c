import type { RuleInfo, RuleLevel } from '../model/rule-record.ts';
import type { CaseRun, RuleCase } from './case.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** One thing that is proved or disproved of a receiver; `RuleInfo` has what is told of it. */
export interface Rule extends RuleInfo {
	/** Where it weighs otherwise than `level`, by what the provider's file says. */
	levelFor?(subject: Subject): RuleLevel | undefined;
	/** Nothing else is sent meanwhile: it measures time, or may bring the receiver down. */
	readonly alone?: boolean | undefined;
	/** A failure is one of its own also where every genuine callback is refused. */
	readonly standsAlone?: boolean | undefined;
	/** What to try, or one sentence that says why there is nothing to try here. */
	cases(subject: Subject): readonly RuleCase[] | string;
	/** Instead of judging case by case: over the rule's own runs, or over those of all rules. */
	review?(runs: readonly CaseRun[], subject: Subject): ReviewFinding;
	/** The review reads every answer of the run, also of cases that could not be judged. */
	readonly readsAll?: boolean | undefined;
}

/** A verdict over several cases, and the one that made it. */
export interface ReviewFinding extends Finding {
	readonly run?: CaseRun | undefined;
}
