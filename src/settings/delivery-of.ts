import type { Composed } from '../compose/compose.ts';
import type { Delivery } from '../delivery/deliver.ts';
import type { Retry } from '../model/settings.ts';
import { scheduleFor } from './schedule-for.ts';

/** What was composed, on its schedule. */
export function deliveryOf(item: Composed, retry: Retry): Delivery {
	return {
		event: item.event.id,
		options: item.options,
		target: item.target,
		order: item.order,
		request: item.request,
		acknowledge: item.message.acknowledge,
		schedule: scheduleFor(item, retry),
		credentials: item.credentials,
		faults: item.faults,
	};
}
