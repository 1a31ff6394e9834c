import { formatDuration } from '../model/duration.ts';
import { attemptsIn, type Schedule } from '../model/schedule.ts';

/** `+20 min`: provider time since the first attempt. */
export function providerTime(offsetMs: number): string {
	return `+${formatDuration(offsetMs)}`;
}

/** @param span milliseconds on the wall clock */
export function tookText(span: number): string {
	if (span < 10) return `${span.toFixed(1)} ms`;
	return span < 1_000 ? `${Math.round(span)} ms` : formatDuration(span);
}

/** `5 × 5 min`, `3 attempts: 2 min, 10 min` */
export function scheduleText(schedule: Schedule): string {
	const [first] = schedule.pauses;
	if (first === undefined) return '1 attempt';
	const attempts = attemptsIn(schedule);
	return schedule.pauses.every((pause) => pause === first)
		? `${attempts} × ${formatDuration(first)}`
		: `${attempts} attempts: ${schedule.pauses.map(formatDuration).join(', ')}`;
}
