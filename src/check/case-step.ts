import type { Shaping } from '../compose/shaping.ts';
import type { Wire } from './wire.ts';

/**
 * As a rule writes it: `field=text`, or `field:=json`; `{reference}` stands for the case's order.
 */
export interface StepShaping extends Omit<Shaping, 'set' | 'add' | 'tamper'> {
	readonly set?: readonly string[] | undefined;
	readonly add?: readonly string[] | undefined;
	readonly tamper?: readonly string[] | undefined;
}

/** One request, or several at the same moment. */
export interface CaseStep {
	/** Name within the provider. */
	readonly event: string;
	readonly shaping?: StepShaping | undefined;
	/** Steps of the same number carry the same ids and times (default 1). */
	readonly ids?: number | undefined;
	/** About another order than the case's: its number, made of the case's. */
	readonly reference?: ((own: string) => string) | undefined;
	/** Signed over these fields instead of the right ones. */
	readonly signatureOver?: readonly string[] | undefined;
	/** Instead of the right signature, something made of it. */
	readonly signature?: ((right: string) => string) | undefined;
	/** Changes behind composing: bytes, headers, method, pace. */
	readonly wire?: Wire | undefined;
	/** So many of the same at the same moment. */
	readonly atOnce?: number | undefined;
	/** Another callback about the same order, at the same moment. */
	readonly beside?: CaseStep | undefined;
	/** The order is made only after this step. */
	readonly orderAfter?: boolean | undefined;
	/** Sent with an `Authorization` that is wrong in this way. */
	readonly login?: LoginFault | undefined;
	/** Browser messages: the return URL has a query of its own. */
	readonly returnQuery?: string | undefined;
}

export type LoginFault = 'none' | 'basic' | 'garbled' | 'other-uri' | 'own-nonce' | 'used-nonce';
