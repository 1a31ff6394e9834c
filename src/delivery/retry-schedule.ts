import type { Random } from '../model/clock.ts';
import { type Millis, millis } from '../model/duration.ts';
import type { Trust } from '../model/provider.ts';
import { parseOwnRetry, pausesOf } from '../model/retry.ts';
import type { Schedule } from '../model/schedule.ts';
import type { Retry } from '../model/settings.ts';

/** The provider's own schedule, or the one the user chose instead. */
export function scheduleOf(
	message: {
		readonly retry: string;
		readonly retriesAfter?: Readonly<Record<string, number>> | undefined;
		readonly jitter?: number | undefined;
	},
	trust: Trust,
	retry: Retry = { kind: 'provider' },
): Schedule {
	if (retry.kind !== 'provider') return { pauses: pausesOf(retry), trust: 'chosen' };
	return {
		pauses: pausesOf(parseOwnRetry(message.retry)),
		trust,
		retriesAfter: message.retriesAfter,
		jitter: message.jitter,
	};
}

/**
 * The pause before an attempt, or undefined once the provider gives up.
 * @param attempt 2 for the first retry
 * @param status what the attempt before was answered with
 */
export function pauseBefore(
	schedule: Schedule,
	attempt: number,
	status: number | undefined,
	random: Random,
): Millis | undefined {
	const limit = status === undefined ? undefined : schedule.retriesAfter?.[String(status)];
	const pause = schedule.pauses[attempt - 2];
	if (pause === undefined || (limit !== undefined && attempt - 1 > limit)) return undefined;
	if (schedule.jitter === undefined || schedule.jitter === 0) return pause;
	const [a = 0, b = 0] = random.bytes(2);
	const between = ((a << 8) | b) / 0xffff;
	return millis(pause * (1 + schedule.jitter * (2 * between - 1)));
}
