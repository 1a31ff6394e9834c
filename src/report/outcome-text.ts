import type { Outcome } from '../model/outcome.ts';
import { unansweredText } from '../model/outcome-text.ts';
import type { OfType } from '../model/run-event.ts';
import type { CollectedDelivery } from './run-report.ts';
import { tookText } from './time-text.ts';

/** `1 attempt`, `1,200 bytes`. The first `toLocaleString` of a process would take 13 ms. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
	`${String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')} ${count === 1 ? one : many}`;

/** `500 in 14 ms`, `connection refused (ECONNREFUSED)`. */
export function outcomeText(outcome: Outcome): string {
	return outcome.kind === 'answered'
		? `${outcome.status} in ${tookText(outcome.tookMs)}`
		: unansweredText(outcome);
}

/** What came back, with the beginning of its body: `500 <h1>Whoops`, `200, empty`. */
export function answerBeginning(outcome: Outcome, mostOfBody: number): string {
	if (outcome.kind !== 'answered') return unansweredText(outcome);
	const { status, body } = outcome;
	const text = Buffer.from(body.subarray(0, mostOfBody)).toString('utf8').trim();
	return text === ''
		? `${status}, empty`
		: `${status} ${text}${body.length > mostOfBody ? '…' : ''}`;
}

type End = Pick<OfType<'finished'>, 'why' | 'detail'> | CollectedDelivery['finished'];

/** How a delivery ended. */
export function endText(end: End, attempts: number): string {
	const tries = counted(attempts, 'attempt');
	if (end === undefined) return `broke off after ${tries}`;
	switch (end.why) {
		case 'acknowledged':
			return attempts === 1
				? 'acknowledged at the first attempt'
				: `acknowledged at attempt ${attempts}`;
		case 'gave-up':
			return `not acknowledged in ${tries}`;
		case 'never-reached':
			return `never reached: no connection in ${tries}`;
		case 'interrupted':
			return `interrupted after ${tries}`;
		case 'refused-target':
			return `refused after ${tries}: ${end.detail ?? 'the target is not local'}`;
	}
}
