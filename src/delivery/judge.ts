import type { Outcome } from '../model/outcome.ts';
import { unansweredText } from '../model/outcome-text.ts';
import type { Acknowledge } from '../model/provider.ts';

export interface Judgement {
	readonly acknowledged: boolean;
	/** Why not, in a few words. */
	readonly reason?: string | undefined;
}

/** Whether the provider would count this outcome as delivered. */
export function judge(rule: Acknowledge, outcome: Outcome): Judgement {
	if (outcome.kind !== 'answered') return { acknowledged: false, reason: unansweredText(outcome) };
	if (!rule.status.some((wanted) => matchesStatus(wanted, outcome.status)))
		return {
			acknowledged: false,
			reason: `status ${outcome.status}, expected ${rule.status.join(' or ')}`,
		};
	const text =
		rule.body === undefined ? undefined : Buffer.from(outcome.body).toString('utf8').trim();
	return text === rule.body
		? { acknowledged: true }
		: { acknowledged: false, reason: `body is not "${rule.body}"` };
}

/** `200` or `2xx`. */
export function matchesStatus(wanted: string, status: number): boolean {
	return wanted.endsWith('xx')
		? Math.floor(status / 100) === Number(wanted[0])
		: Number(wanted) === status;
}
