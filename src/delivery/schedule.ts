import type { Random } from '../model/clock.ts';
import { type Millis, millis, parseDuration } from '../model/duration.ts';
import { Problem } from '../model/problem.ts';
import type { Trust } from '../model/provider.ts';
import type { Schedule } from '../model/schedule.ts';

/** More would be a flood, not a provider. */
const mostAttempts = 1_000;

/**
 * `none` · `5x300s` (attempts in all × pause) · `2m,10m,30m` (pauses, one more attempt than entries).
 *
 * @throws Problem `schedule-invalid`, `duration-invalid`
 */
export function parsePauses(text: string, what = '--retry'): Millis[] {
	if (text === 'none') return [];
	const times = /^(\d+)x(.+)$/.exec(text);
	const pauses =
		times === null
			? listed(text, what)
			: Array<Millis>(attempts(times[1] ?? '', text, what) - 1).fill(parseDuration(times[2] ?? '', what));
	if (pauses.length >= mostAttempts)
		throw new Problem('schedule-invalid', `${what} "${text}" has more than ${mostAttempts} attempts`, {
			hint: 'Use fewer; burst is for many callbacks.',
		});
	return pauses;
}

function attempts(count: string, text: string, what: string): number {
	const number = Number(count);
	if (number < 1)
		throw new Problem('schedule-invalid', `${what} "${text}" has no attempt`, {
			hint: 'One attempt is "none" or 1x1s.',
		});
	return Math.min(number, mostAttempts + 1);
}

function listed(text: string, what: string): Millis[] {
	if (!/^\d/.test(text)) {
		throw new Problem('schedule-invalid', `${what} "${text}" is not a schedule`, {
			hint: 'Use provider, none, 5x300s (attempts x pause) or 2m,10m,30m (pauses).',
		});
	}
	return text.split(',').map((part) => parseDuration(part.trim(), what));
}

/** The provider's own schedule, or the one the user chose instead. */
export function scheduleOf(
	message: {
		readonly retry: string;
		readonly retriesAfter?: Readonly<Record<string, number>> | undefined;
		readonly jitter?: number | undefined;
	},
	trust: Trust,
	retry = 'provider',
): Schedule {
	if (retry !== 'provider') return { pauses: parsePauses(retry), trust: 'chosen' };
	return {
		pauses: parsePauses(message.retry, 'retry'),
		trust,
		retriesAfter: message.retriesAfter,
		jitter: message.jitter,
	};
}

/**
 * The pause before an attempt, or undefined once the provider gives up.
 *
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
