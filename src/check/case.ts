import type { AttemptResult } from '../delivery/attempt.ts';
import type { ValueObject } from '../model/value.ts';
import type { Order } from '../order/order.ts';
import type { State } from '../order/state.ts';
import type { CaseStep } from './case-step.ts';
import type { Finding } from './finding.ts';
import type { LearnedEffects } from './learned-effects.ts';
import type { Subject } from './subject.ts';
import type { AnswerWanted, StateWanted } from './wanted.ts';

/** One order, the requests that are sent about it, and what has to come of it. */
export interface RuleCase {
	/** Two or three words: what is special about it. */
	readonly about: string;
	/** In this order; all but the last bring the order to where the case begins. */
	readonly steps: readonly CaseStep[];
	/** What the last step has to be answered. */
	readonly answer: AnswerWanted;
	/** What the order has to look like at the end. */
	readonly state?: StateWanted | undefined;
	/** The state only adds to what the answer shows: without a probe the answer decides. */
	readonly stateAdds?: boolean | undefined;
	/** A refusal proves nothing where the genuine control under these options is refused, too. */
	readonly control?: readonly string[] | undefined;
	/** The same where the control is no genuine success, or one in a form of its own. */
	readonly controlStep?: CaseStep | undefined;
	/** Where the control fails, the receiver does not take this form at all: skipped. */
	readonly controlOptional?: boolean | undefined;
	/** What the reference begins with, where that matters. */
	readonly prefix?: string | undefined;
	/** The reference ends in digits, as shops number their orders. */
	readonly numbered?: boolean | undefined;
	/** The order is not made: nobody knows the reference. */
	readonly unknownOrder?: boolean | undefined;
	/** The set-up must make the order in the middle of the case. */
	readonly needsSetup?: boolean | undefined;
	/** Any 2xx or 3xx will do, unless this is what the case is about. */
	readonly exact?: boolean | undefined;
	/** It means nothing unless the receiver knows the order and what it costs. */
	readonly needsOrder?: boolean | undefined;
	/** What the order costs, where it is not the usual sum. */
	readonly amount?: string | undefined;
	/** Too much to read: the receiver may hang up. */
	readonly mayHangUp?: boolean | undefined;
	/** Ask for a sign of life right after it. */
	readonly dangerous?: boolean | undefined;
	/** All steps go over one connection. */
	readonly oneConnection?: boolean | undefined;
	/**
	 * A form of the callback that nobody is sure to send: refusing it openly is only worth a warning.
	 */
	readonly optionalForm?: string | undefined;
	/** Instead of the judgement that `answer` and `state` describe. */
	judge?(run: CaseRun, learned: LearnedEffects, subject: Subject): Finding;
}

/** What happened at one step. */
export interface StepRun {
	readonly step: CaseStep;
	/** One, or as many as were sent at the same moment. */
	readonly results: readonly AttemptResult[];
	/** The values that were composed, before anything was tampered with. */
	readonly values: ValueObject;
	/** The signature that would have been right for what was sent, where it was not sent. */
	readonly rightSignature?: string | undefined;
	/** Read when the answer had come and the state had come to rest. */
	readonly after?: State | undefined;
	/** Command line that sends the same. */
	readonly reproduce: string;
}

/** What a receiver is like after a case that it did not stand. */
export interface HealthFailure {
	readonly reason: string;
	/** Nobody listens any more. */
	readonly isGone: boolean;
	/** The end of what it printed before it went down. */
	readonly log?: string | undefined;
}

/** What became of a genuine callback; `crashed`: no answer, or one that tells of an error. */
export type ControlVerdict = 'acknowledged' | 'refused' | 'crashed';

/** A case from its order to the last look at it. */
export interface CaseRun {
	/** Id of the rule whose case it is. */
	readonly rule: string;
	readonly case: RuleCase;
	readonly order: Order;
	readonly before?: State | undefined;
	readonly steps: readonly StepRun[];
	/** Read at the end of the whole run, so that nothing that comes late is missed. */
	readonly final?: State | undefined;
	/** Its order is another case's now: later looks are not about this one. */
	readonly isOver?: boolean | undefined;
	/** Why it did not come to the steps. */
	readonly trouble?: string | undefined;
	/** Whether the genuine control was acknowledged. */
	readonly control?: ControlVerdict | undefined;
	/** Set when the receiver did not answer a plain request right after this case. */
	readonly failure?: HealthFailure | undefined;
}
