import type { Trust } from './contract/catalogue.ts';
import type { Millis } from './duration.ts';

/** When a provider tries again, and when it gives up. */
export interface Schedule {
	/** Provider time before the second, third, … attempt, from the end of the one before. */
	readonly pauses: readonly Millis[];
	/** On what ground; `chosen` when the user's `--retry` replaced the provider's own. */
	readonly trust: Trust | 'chosen';
	/** At most so many further attempts once this status came back. */
	readonly retriesAfter?: Readonly<Record<string, number>> | undefined;
	/** Share of a pause, 0 to 1, by which it may be longer or shorter. */
	readonly jitter?: number | undefined;
}

export const attemptsIn = (schedule: Schedule): number => schedule.pauses.length + 1;
