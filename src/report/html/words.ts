import { formatDuration } from '../../model/duration.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { DeliveryRecord } from '../run-report.ts';

export const counted = (count: number, one: string, many = `${one}s`): string =>
	`${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** @param span - milliseconds on the wall clock */
export function tookWords(span: number): string {
	if (span < 10) return `${span.toFixed(1)} ms`;
	return span < 1_000 ? `${Math.round(span)} ms` : formatDuration(span);
}

const phases = {
	connect: 'timed out while connecting',
	headers: 'timed out waiting for the answer',
	body: 'timed out in the middle of the answer',
} as const;

const causes = {
	refused: 'connection refused',
	'name-not-found': 'name not found',
	'no-route': 'no route',
	tls: 'TLS failed',
	reset: 'connection reset',
	malformed: 'malformed answer',
	closed: 'connection closed',
} as const;

/** `500 in 14 ms`, `connection refused (ECONNREFUSED)`. */
export function outcomeWords(outcome: Outcome): string {
	switch (outcome.kind) {
		case 'answered':
			return `${outcome.status} in ${tookWords(outcome.tookMs)}`;
		case 'timed-out':
			return `${phases[outcome.phase]}, ${tookWords(outcome.tookMs)}`;
		case 'unreachable':
		case 'broken':
			return `${causes[outcome.cause]} (${outcome.detail})`;
		default:
			return outcome satisfies never;
	}
}

/** How a delivery ended. */
export function endWords({ finished, attempts }: DeliveryRecord): string {
	const tries = counted(attempts.length, 'attempt');
	if (finished === undefined) return `broke off after ${tries}`;
	switch (finished.why) {
		case 'acknowledged':
			return attempts.length === 1 ? 'acknowledged at the first attempt' : `acknowledged at attempt ${attempts.length}`;
		case 'gave-up':
			return `given up after ${tries}`;
		case 'never-reached':
			return `never reached in ${tries}`;
		case 'interrupted':
			return `interrupted after ${tries}`;
		case 'refused-target':
			return `refused after ${tries}: ${finished.detail ?? 'the target is not local'}`;
		default:
			return finished.why satisfies never;
	}
}

/** `2026-11-25 10:00:00 UTC`; milliseconds where asked for. */
export function momentWords(at: number, exact = false): string {
	const [day, time = ''] = new Date(at).toISOString().split('T');
	return `${day} ${exact ? time.slice(0, -1) : time.slice(0, 8)} UTC`;
}
