import type { Scenario } from '../../catalogue/catalogue.ts';
import type { CallbackEvent } from '../../model/provider.ts';
import { nameOf } from './offer-events.ts';

/** What may happen to the order next. */
export interface NextInLife {
	readonly event: CallbackEvent;
	/** It is about another attempt at paying. */
	readonly newAttempt: boolean;
	/** `a late failure` */
	readonly what: string;
}

/**
 * Pending → success → a late failure → what takes it back; after a failure the second attempt,
 * where the provider has one. Outside of that: what a shipped scenario has behind this event.
 *
 * @param events of the provider
 * @param sent names of what was sent about this order before, the last one last
 */
export function nextInLife(
	events: readonly CallbackEvent[],
	scenarios: readonly Scenario[],
	sent: readonly string[],
): NextInLife | undefined {
	const last = sent.at(-1) ?? '';
	const lifecycle = events[0]?.provider.lifecycle;
	const find = (name: string | undefined) =>
		name === undefined ? undefined : events.find(({ id }) => nameOf(id) === name);
	const next = (name: string | undefined, what: string, newAttempt = false) => {
		const event = find(name);
		return event === undefined ? undefined : { event, newAttempt, what };
	};
	if (lifecycle !== undefined) {
		const { success, failure, reversal, pending = [], announcements = [] } = lifecycle;
		const isPaid = [success, ...attempts(events, success)].some((name) => sent.includes(name));
		const isOver = reversal !== undefined && sent.includes(reversal);
		if (announcements.includes(last)) return next(pending[0] ?? success, 'it is under way');
		if (pending.includes(last)) return next(success, 'it is paid');
		if (last === success || attempts(events, success).includes(last))
			return sent.includes(failure ?? '') ? undefined : next(failure, 'a late failure');
		if (last === failure && !isOver && reversal !== undefined) return next(reversal, 'taken back');
		if (last === failure && !isPaid && lifecycle.failureIsFinal !== true) {
			const [second] = attempts(events, success);
			return next(second ?? success, 'a second attempt', second === undefined);
		}
		if (last === failure || last === reversal) return undefined;
	}
	const behind = scenarios.flatMap((scenario) => {
		const names = scenario.events.map(nameOf);
		return names.filter((name, at) => names[at - 1] === last && name !== last);
	});
	return next(behind[0], 'as in a shipped scenario');
}

/** Events that say the same of a second attempt at paying. */
function attempts(events: readonly CallbackEvent[], success: string): string[] {
	const first = events.find(({ id }) => nameOf(id) === success);
	return events
		.filter(({ file }) => file.attempt !== undefined && file.message === first?.file.message)
		.map(({ id }) => nameOf(id));
}
