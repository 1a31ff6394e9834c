import { assignmentText } from '../compose/assignment.ts';
import type { OfType, Why } from '../model/run-event.ts';
import type { ShapingSettings } from '../model/settings.ts';
import { outcomeText } from '../report/outcome-text.ts';
import type { CallbackSaid } from './provider.ts';

/** A callback that was sent, or is going to be. */
export interface SentDelivery {
	/** From 1. */
	readonly id: number;
	/** Id of its order. */
	readonly order: string;
	readonly said: CallbackSaid;
	readonly faults: Faults;
	/** The delivery that it repeats. */
	readonly of?: number | undefined;
	/** Epoch milliseconds of the sandbox's clock: the first attempt. */
	readonly at: number;
	/** The next one. */
	readonly next?: number | undefined;
	readonly request: {
		readonly method: string;
		readonly url: string;
		/** `content-type: application/json`: those of the first attempt; old state files have none. */
		readonly headers?: readonly string[] | undefined;
		readonly body?: string | undefined;
	};
	readonly attempts: readonly ShownAttempt[];
	/** Why it ended; undefined while it has not. */
	readonly why?: Why | undefined;
	readonly detail?: string | undefined;
}

/** Broken on purpose. */
export type Faults = Pick<ShapingSettings, 'tamper' | 'unsigned' | 'wrongKey'>;

/** `amount=1.00, unsigned`; nothing where nothing is broken. */
export const faultsText = ({ tamper = [], unsigned, wrongKey }: Faults): string =>
	[
		...tamper.map(assignmentText),
		...(unsigned === true ? ['unsigned'] : []),
		...(wrongKey === true ? ['a wrong key'] : []),
	].join(', ');

export interface ShownAttempt {
	readonly at: number;
	readonly offsetMs: number;
	/** Undefined where nobody answered. */
	readonly status?: number | undefined;
	/** `500 in 33 ms`, `connection refused` */
	readonly came: string;
	/** The first thousand characters of the receiver's answer. */
	readonly answer?: string | undefined;
	readonly acknowledged: boolean;
	readonly reason?: string | undefined;
}

const mostAnswer = 1_000;

export function shownAttempt(
	{ outcome, offsetMs, acknowledged, reason }: OfType<'attempt'>,
	at: number,
	mask: (text: string) => string,
): ShownAttempt {
	const isAnswered = outcome.kind === 'answered';
	const answer = isAnswered ? mask(Buffer.from(outcome.body).toString('utf8')) : '';
	const came = outcomeText(outcome);
	// Of a connection that failed both say the same.
	const why = reason === came ? undefined : reason;
	return {
		at,
		offsetMs,
		status: isAnswered ? outcome.status : undefined,
		came,
		answer: answer === '' ? undefined : answer.slice(0, mostAnswer),
		acknowledged,
		reason: why === undefined ? undefined : mask(why),
	};
}
