import type { Outcome } from '../model/outcome.ts';
import type { RunEvent, Why } from '../model/run-event.ts';
import type { StepMemory } from './names.ts';

/** What a delivery came to: as much of its events as expectations and later steps need. */
export interface StepDelivery {
	readonly acknowledged: boolean;
	readonly attempts: number;
	readonly last: Outcome | undefined;
	/** Why the last attempt was not acknowledged. */
	readonly reason: string | undefined;
	readonly why: Why | undefined;
	/** The address that was refused. */
	readonly detail: string | undefined;
}

/** The result so far, with one more event. */
export function withEvent(result: StepDelivery, event: RunEvent): StepDelivery {
	if (event.type === 'attempt')
		return { ...result, attempts: event.attempt, last: event.outcome, reason: event.reason };
	if (event.type === 'finished')
		return { ...result, acknowledged: event.acknowledged, why: event.why, detail: event.detail };
	return result;
}

export const nothingYet: StepDelivery = {
	acknowledged: false,
	attempts: 0,
	last: undefined,
	reason: undefined,
	why: undefined,
	detail: undefined,
};

/** What an answer leaves behind for later steps. */
export function responseOf(last: Outcome | undefined): StepMemory['response'] {
	if (last?.kind !== 'answered') return undefined;
	const { status, headers, body } = last;
	return { status, headers, body: Buffer.from(body).toString('utf8') };
}
