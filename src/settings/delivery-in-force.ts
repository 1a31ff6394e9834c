import { type Reach, reachOf } from '../delivery/reach.ts';
import { type Millis, millis } from '../model/duration.ts';
import type { DeliverySettings, Retry } from '../model/settings.ts';

/** Five minutes of a provider pass in three seconds. */
export const usualSpeed = 100;

/** How a callback is delivered, with nothing left open. */
export interface DeliveryInForce {
	readonly retry: Retry;
	/** Infinity for `max`. */
	readonly speed: number;
	readonly timeout: Millis;
	readonly delay: Millis;
	readonly duplicate: number;
	readonly reach: Reach;
	readonly waitFor: Millis | undefined;
	readonly bail: boolean;
}

/** What is said, and what holds where nobody says anything. */
export function deliveryInForce(said: DeliverySettings): DeliveryInForce {
	return {
		retry: said.retry ?? { kind: 'provider' },
		speed: said.speed ?? usualSpeed,
		timeout: said.timeout ?? millis(30_000),
		delay: said.delay ?? millis(0),
		duplicate: said.duplicate ?? 1,
		reach: reachOf(said),
		waitFor: said.waitFor,
		bail: said.bail === true,
	};
}
