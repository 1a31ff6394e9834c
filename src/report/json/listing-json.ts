import { type ChosenMessage, choicesOf, choose, weakestClaim } from '../../compose/options.ts';
import type { CatalogueEvent, ListedScenario, Listing } from '../../model/contract/catalogue.ts';
import type { CallbackEvent } from '../../model/provider.ts';
import type { Schedule } from '../../model/schedule.ts';
import { scheduleJson } from './event-json.ts';

export type ScheduleOf = (chosen: ChosenMessage) => Schedule;

/** `list --json`: one document. */
export function listingJson(
	events: readonly CallbackEvent[],
	scenarios: readonly ListedScenario[],
	scheduleOf: ScheduleOf,
): Listing {
	return {
		v: 1,
		events: events.map((event) => eventJson(event, scheduleOf)),
		scenarios: scenarios.map(({ id, title, events: order }) => ({ id, title, events: order })),
	};
}

export function eventJson(event: CallbackEvent, scheduleOf: ScheduleOf): CatalogueEvent {
	const chosen = choose(event);
	const { message, claims } = chosen;
	return {
		id: event.id,
		provider: event.provider.id,
		message: event.file.message,
		title: event.file.title,
		method: message.method,
		to: message.to ?? 'callback_url',
		encoding: message.write,
		choices: choicesOf(event.message),
		signature: message.signature?.algorithm ?? null,
		schedule: scheduleJson(scheduleOf(chosen)),
		trust: weakestClaim(claims).trust,
		claims,
	};
}
