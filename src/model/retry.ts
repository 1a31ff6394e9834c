import { durationText, type Millis, parseDuration } from './duration.ts';
import { Problem } from './problem.ts';
import type { OwnRetry, Retry } from './settings.ts';

/** More would be a flood, not a provider. */
const mostAttempts = 1_000;

/** `provider`, or as `parseOwnRetry`. @throws Problem `schedule-invalid`, `duration-invalid` */
export function parseRetry(text: string, what = 'retry'): Retry {
	return text === 'provider' ? { kind: 'provider' } : parseOwnRetry(text, what);
}

/**
 * `none` · `5x300s` (attempts × pause) · `2m,10m,30m` (pauses, one more attempt than entries).
 * @param what a setting, or a phrase
 * @throws Problem `schedule-invalid`, `duration-invalid`
 */
export function parseOwnRetry(text: string, what = 'retry'): OwnRetry {
	if (text === 'none') return { kind: 'none' };
	const invalid = (wrong: string, hint: string) =>
		new Problem('schedule-invalid', (say) => `${say(what)} "${text}" ${wrong}`, { hint });
	const meant = asMeant(text);
	if (meant !== undefined)
		throw new Problem('duration-invalid', (say) => `${say(what)} "${text}" ${meant.lacks}`, {
			hint: (say) => `Write attempts and pause: ${say(what, meant.schedule)}`,
		});
	const times = /^(\d+)x(.*)$/.exec(text);
	if (times === null && !/^\d/.test(text))
		throw invalid(
			'is not a schedule',
			'Use provider, none, 5x300s (attempts x pause) or 2m,10m,30m (pauses).',
		);
	if (/^\d+$/.test(text) && text !== '0')
		throw new Problem('duration-invalid', (say) => `${say(what)} "${text}" is a number alone`, {
			hint: `Write attempts and pause (${text}x300s), or pauses with their unit (${text}s).`,
		});
	const attempts = Number(times?.[1] ?? 1);
	if (attempts < 1) throw invalid('has no attempt', 'One attempt is "none" or 1x1s.');
	const retry: OwnRetry =
		times === null
			? { kind: 'pauses', pauses: text.split(',').map((part) => parseDuration(part.trim(), what)) }
			: { kind: 'attempts', attempts, pause: parseDuration(times[2] ?? '', what) };
	const count = retry.kind === 'pauses' ? retry.pauses.length + 1 : attempts;
	if (count > mostAttempts) throw invalid(`has more than ${mostAttempts} attempts`, 'Use fewer.');
	return retry;
}

/** Attempts and pause in another spelling: `3x`, `x3`, `3x10`, `3 X 10s`, `3*10s`. */
function asMeant(text: string): { schedule: string; lacks: string } | undefined {
	const turned = /^[x×*]\s*(\d+)$/i.exec(text.trim())?.[1];
	const spelt = /^(\d+)\s*[x×*]\s*(\d*)\s*(ms|s|m|h)?$/i.exec(text.trim());
	const [, attempts = turned, pause = '', unit] = spelt ?? [];
	if (attempts === undefined) return undefined;
	const schedule = `${attempts}x${pause || '10'}${unit?.toLowerCase() ?? 's'}`;
	if (schedule === text) return undefined;
	if (pause === '') return { schedule, lacks: 'says no pause' };
	return { schedule, lacks: unit === undefined ? 'says no unit of its pause' : 'is misspelt' };
}

/** Before the second, third, … attempt. */
export function pausesOf(retry: OwnRetry): readonly Millis[] {
	switch (retry.kind) {
		case 'none':
			return [];
		case 'attempts':
			return Array<Millis>(retry.attempts - 1).fill(retry.pause);
		case 'pauses':
			return retry.pauses;
	}
}

/** As `parseRetry` reads it. */
export function retryText(retry: Retry): string {
	switch (retry.kind) {
		case 'provider':
		case 'none':
			return retry.kind;
		case 'attempts':
			// As the providers' pages say it: 5x300s.
			return `${retry.attempts}x${inSeconds(retry.pause)}`;
		case 'pauses':
			return retry.pauses.map(durationText).join(',');
	}
}

const inSeconds = (pause: Millis): string =>
	pause % 1_000 === 0 ? `${pause / 1_000}s` : durationText(pause);
