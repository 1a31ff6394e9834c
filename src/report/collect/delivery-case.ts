import type { Case, CaseVerdict, CollectedDelivery } from '../run-report.ts';

/** A delivery of `fire` as a case of a report. */
export function deliveryCase(record: CollectedDelivery): Case {
	const { delivery, event, attempts, finished, target } = record;
	const last = attempts.at(-1);
	const acknowledged = finished?.acknowledged === true;
	const reason = finished?.detail ?? last?.reason ?? finished?.why ?? 'not acknowledged';
	const tries = attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`;
	return {
		name: `#${delivery} ${event}`,
		verdict: verdictOf(finished),
		kind: acknowledged ? '' : (finished?.why ?? 'interrupted'),
		message: acknowledged ? '' : `${event} at ${target}: ${reason} (${tries})`,
		expected: 'acknowledged',
		got: acknowledged ? `acknowledged at attempt ${attempts.length}` : reason,
		details: [],
		tookMs: last === undefined ? 0 : last.at - (attempts[0]?.at ?? last.at) + last.outcome.tookMs,
		deliveries: [delivery],
		evidence: [],
	};
}

/** Nobody there is an error; an answer that was not wanted is a failure. */
function verdictOf(finished: CollectedDelivery['finished']): CaseVerdict {
	if (finished?.acknowledged === true) return 'passed';
	return finished?.why === 'gave-up' ? 'failed' : 'error';
}
