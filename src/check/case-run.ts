import type { AttemptResult } from '../delivery/attempt.ts';
import type { ValueObject } from '../model/value.ts';
import type { Order } from '../order/order.ts';
import type { State } from '../order/state.ts';
import type { Case, Rule, Step } from './rule.ts';

/** What happened at one step. */
export interface StepRun {
	readonly step: Step;
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

/** A case from its order to the last look at it. */
export interface CaseRun {
	readonly rule: Rule;
	readonly case: Case;
	readonly order: Order;
	readonly before?: State | undefined;
	readonly steps: readonly StepRun[];
	/** Read at the end of the whole run, so that nothing that comes late is missed. */
	readonly final?: State | undefined;
	/** Why it did not come to the steps. */
	readonly trouble?: string | undefined;
	/** Whether the genuine control was acknowledged. */
	readonly control?: 'acknowledged' | 'refused' | undefined;
	/** Set when the receiver did not answer a plain request right after this case. */
	readonly failure?: string | undefined;
}
