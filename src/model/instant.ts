import { Problem } from './problem.ts';

/**
 * RFC 3339 with a zone; a day that does not exist, or is before 1970, is refused, not moved.
 * @returns epoch milliseconds
 * @throws Problem `usage`
 */
export function parseInstant(text: string, what = 'now'): number {
	const match = /^(\d{4})-(\d\d)-(\d\d)[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.exec(
		text,
	);
	const [, year, month, day] = (match ?? []).map(Number);
	const exists =
		match !== null && new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day)).getUTCDate() === day;
	const now = exists ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
	if (now >= 0) return now;
	throw new Problem('usage', (say) => `${say(what)} "${text}" is not a time`, {
		hint: 'Write RFC 3339 with a zone: 2026-01-15T10:30:45+08:00',
	});
}

/** As `parseInstant` reads it, without fractions that say nothing. */
export const instantText = (instant: number): string =>
	new Date(instant).toISOString().replace('.000', '');
