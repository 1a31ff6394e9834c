import type { Composed } from '../compose/compose.ts';
import type { Delivery } from '../delivery/deliver.ts';
import { scheduleFor } from './schedule-for.ts';

/** What was composed, on its schedule. @param retry `provider`, or the user's own schedule */
export function deliveryOf(item: Composed, retry: string): Delivery {
	return {
		event: item.event.id,
		options: item.options,
		target: item.target,
		request: item.request,
		acknowledge: item.message.acknowledge,
		schedule: scheduleFor(item, retry),
		credentials: item.credentials,
		faults: item.faults,
	};
}
