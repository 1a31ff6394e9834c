import { type Millis, parseDuration } from './duration.ts';
import { Problem } from './problem.ts';

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
			hint: 'Use fewer; callsim export is for load.',
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
