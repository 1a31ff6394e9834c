import { formatDuration } from '../model/duration.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Acknowledge } from '../model/provider.ts';

export interface Judgement {
	readonly acknowledged: boolean;
	/** Why not, in a few words. */
	readonly reason?: string | undefined;
}

/** Whether the provider would count this outcome as delivered. */
export function judge(rule: Acknowledge, outcome: Outcome): Judgement {
	switch (outcome.kind) {
		case 'timed-out':
			return {
				acknowledged: false,
				reason: `no ${{ connect: 'connection', headers: 'answer', body: 'end of the answer' }[outcome.phase]} within ${formatDuration(outcome.tookMs)}`,
			};
		case 'unreachable':
			return { acknowledged: false, reason: `${causes[outcome.cause]} (${outcome.detail})` };
		case 'broken':
			return { acknowledged: false, reason: `${causes[outcome.cause]} (${outcome.detail})` };
		case 'answered': {
			if (!rule.status.some((wanted) => matchesStatus(wanted, outcome.status))) {
				return { acknowledged: false, reason: `status ${outcome.status}, expected ${rule.status.join(' or ')}` };
			}
			const text = rule.body === undefined ? undefined : Buffer.from(outcome.body).toString('utf8').trim();
			return text === rule.body
				? { acknowledged: true }
				: { acknowledged: false, reason: `body is not "${rule.body}"` };
		}
		default:
			return outcome satisfies never;
	}
}

const causes = {
	refused: 'connection refused',
	'name-not-found': 'name not found',
	'no-route': 'no route',
	tls: 'TLS failed',
	reset: 'connection reset',
	malformed: 'not an HTTP answer',
	closed: 'no answer, connection closed',
} as const;

/** `200` or `2xx`. */
export function matchesStatus(wanted: string, status: number): boolean {
	return wanted.endsWith('xx') ? Math.floor(status / 100) === Number(wanted[0]) : Number(wanted) === status;
}
