import type { Shaping } from '../compose/shaping.ts';
import type { RuleInfo } from '../model/rule-record.ts';
import type { CaseRun } from './case-run.ts';
import type { Finding } from './finding.ts';
import type { LearnedEffects } from './learned-effects.ts';
import type { Subject } from './subject.ts';
import type { Wire } from './wire.ts';

/** One thing that is proved or disproved about a receiver; `model/rule-record.ts` has what is told of it. */
export interface Rule extends RuleInfo {
	/** Nothing else is sent meanwhile: it measures time, or may bring the receiver down. */
	readonly alone?: boolean | undefined;
	/** What to try, or one sentence that says why there is nothing to try here. */
	cases(subject: Subject): readonly Case[] | string;
	/** Instead of judging case by case: over the rule's own runs, or over those of all rules. */
	review?(runs: readonly CaseRun[], subject: Subject): Reviewed;
	/** The review reads every answer of the run, also of cases that could not be judged. */
	readonly readsAll?: boolean | undefined;
}

/** A verdict over several cases, and the one that made it. */
export interface Reviewed extends Finding {
	readonly run?: CaseRun | undefined;
}

/** One order, the requests that are sent about it, and what has to come of it. */
export interface Case {
	/** Two or three words: what is special about it. */
	readonly about: string;
	/** In this order; all but the last bring the order to where the case begins. */
	readonly steps: readonly Step[];
	/** What the last step has to be answered. */
	readonly answer: AnswerWanted;
	/** What the order has to look like at the end. */
	readonly state?: StateWanted | undefined;
	/** The state only adds to what the answer shows: without a probe the answer decides. */
	readonly stateAdds?: boolean | undefined;
	/** A refusal proves nothing where the genuine control, sent under these options, is refused as well. */
	readonly control?: readonly string[] | undefined;
	/** The control's failure means that the receiver does not take this form at all: the case is skipped. */
	readonly twinOptional?: boolean | undefined;
	/** What the reference begins with, where that matters. */
	readonly prefix?: string | undefined;
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
	/** A form of the callback that nobody is sure to send: refusing it openly is only worth a warning. */
	readonly optionalForm?: string | undefined;
	/** Instead of the judgement that `answer` and `state` describe. */
	judge?(run: CaseRun, learned: LearnedEffects, subject: Subject): Finding;
}

/** One request, or several at the same moment. */
export interface Step {
	/** Name within the provider. */
	readonly event: string;
	/** `{reference}` in an assignment stands for the case's order. */
	readonly shaping?: Shaping | undefined;
	/** Steps of the same number carry the same ids and times (default 1). */
	readonly ids?: number | undefined;
	/** Signed over these fields instead of the right ones. */
	readonly signatureOver?: readonly string[] | undefined;
	/** Instead of the right signature, something made of it. */
	readonly signature?: ((right: string) => string) | undefined;
	/** Changes behind composing: bytes, headers, method, pace. */
	readonly wire?: Wire | undefined;
	/** So many of the same at the same moment. */
	readonly atOnce?: number | undefined;
	/** The order is made only after this step. */
	readonly orderAfter?: boolean | undefined;
	/** Sent with an `Authorization` that is wrong in this way. */
	readonly login?: LoginFault | undefined;
	/** Browser messages: the return URL has a query of its own. */
	readonly returnQuery?: string | undefined;
}

export type LoginFault = 'none' | 'basic' | 'garbled' | 'other-uri' | 'own-nonce' | 'used-nonce';

/**
 * `acknowledged`: as the provider wants it. `refused`: 4xx. `survived`: anything but a 5xx, silence or a broken
 * connection. `rejected`: a body that cannot have been understood, so 4xx rather than 2xx. `any`: the state decides.
 */
export type AnswerWanted = 'acknowledged' | 'refused' | 'survived' | 'rejected' | 'any';

/**
 * `success`: as after a genuine success. `not-success`: not so. `unchanged`. `changed`. `as-after-first`: what the first
 * step did, and no more. `one-success`: what one success does, and no more. `still-success`: a success stays one. `no-longer-success`. `not-failure`: not as after a genuine failure. `undecided`: as after neither.
 */
export type StateWanted =
	| 'success'
	| 'not-success'
	| 'unchanged'
	| 'changed'
	| 'as-after-first'
	| 'one-success'
	| 'still-success'
	| 'no-longer-success'
	| 'not-failure'
	| 'undecided';
