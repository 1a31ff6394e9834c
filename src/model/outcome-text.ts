import { formatDuration } from './duration.ts';
import type { Unanswered } from './outcome.ts';

const missing = { connect: 'connection', headers: 'answer', body: 'end of the answer' } as const;

export const causeTexts = {
	refused: 'connection refused',
	'name-not-found': 'name not found',
	'no-route': 'no route',
	tls: 'TLS failed',
	reset: 'connection reset',
	malformed: 'not an HTTP answer',
	closed: 'no answer, connection closed',
} as const;

/** Why there is no answer: `connection refused (ECONNREFUSED)`, `no answer within 30 s`. */
export function unansweredText(outcome: Unanswered): string {
	return outcome.kind === 'timed-out'
		? `no ${missing[outcome.phase]} within ${formatDuration(outcome.tookMs)}`
		: `${causeTexts[outcome.cause]} (${outcome.detail})`;
}
