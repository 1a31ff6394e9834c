import type { ChosenMessage } from '../compose/options.ts';
import { scheduleOf } from '../delivery/retry-schedule.ts';
import type { Schedule } from '../model/schedule.ts';
import type { Retry } from '../model/settings.ts';

/** The schedule in force, with the trust of the provider's own claim. */
export function scheduleFor(
	{ message, claims }: Pick<ChosenMessage, 'message' | 'claims'>,
	retry?: Retry,
): Schedule {
	return scheduleOf(message, claims['retry']?.trust ?? 'assumed', retry);
}
