import type { Case, DeliveryRecord } from '../run-report.ts';

/** A delivery of `fire` as a case of a report. */
export function deliveryCase({ delivery, event, attempts, finished, target }: DeliveryRecord): Case {
	const last = attempts.at(-1);
	const acknowledged = finished?.acknowledged === true;
	const reason = finished?.detail ?? last?.reason ?? finished?.why ?? 'not acknowledged';
	const tries = attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`;
	const isAnswered = finished?.why === 'gave-up' || acknowledged;
	return {
		name: `#${delivery} ${event}`,
		verdict: acknowledged ? 'passed' : isAnswered ? 'failed' : 'error',
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
