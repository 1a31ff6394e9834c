import { seededRandom } from '../../src/compose/seeded-random.ts';
import { type Attempt, httpAttempt } from '../../src/delivery/attempt.ts';
import type { Delivery } from '../../src/delivery/deliver.ts';
import { type FireOptions, fire } from '../../src/delivery/fire.ts';
import { scheduleOf } from '../../src/delivery/retry-schedule.ts';
import type { Clock } from '../../src/model/clock.ts';
import { millis } from '../../src/model/duration.ts';
import { parseRetry } from '../../src/model/retry.ts';
import type { RunEvent } from '../../src/model/run-event.ts';
import { composed, type TextShaping } from './catalogue.ts';
import { virtualClock } from './virtual-clock.ts';

export const random = seededRandom('delivery');

export function attemptWith(options: Partial<Parameters<typeof httpAttempt>[0]> = {}): Attempt {
	return httpAttempt({ timeout: 5_000, insecure: false, allowRemote: false, ...options }, random);
}

export async function deliveryOf(
	id: string,
	to: string,
	shaping: TextShaping = {},
	retry = 'provider',
): Promise<Delivery> {
	const item = await composed(id, shaping, { target: new URL(to) });
	return {
		event: id,
		options: item.options,
		target: item.target,
		request: item.request,
		acknowledge: item.message.acknowledge,
		schedule: scheduleOf(item.message, item.claims['retry']?.trust ?? 'assumed', parseRetry(retry)),
		credentials: item.credentials,
		faults: item.faults,
	};
}

/** Everything a run says, over real sockets and a clock that does not wait. */
export async function run(
	deliveries: readonly Delivery[],
	options: Partial<FireOptions> & { clock?: Clock; attempt?: Attempt } = {},
): Promise<RunEvent[]> {
	const { clock = virtualClock(), attempt = attemptWith(), ...rest } = options;
	const events: RunEvent[] = [];
	for await (const event of fire(
		deliveries,
		{ clock, random, attempt },
		{ run: 'test', speed: 100, duplicate: 1, bail: false, delay: millis(0), ...rest },
	))
		events.push(event);
	return events;
}

export const only = <T extends RunEvent['type']>(events: readonly RunEvent[], type: T) =>
	events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);
