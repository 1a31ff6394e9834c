import { Problem } from './problem.ts';

declare const unit: unique symbol;
/** Whole milliseconds. Made by the functions below alone, so a bare number cannot slip in. */
export type Millis = number & { readonly [unit]: 'ms' };

export const millis = (n: number): Millis => Math.round(n) as Millis;

const unitMs: Readonly<Record<string, number>> = {
	ms: 1,
	s: 1_000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
};

/** A year: longer than any provider's schedule, and well inside exact integers. */
export const longestSpan = 366 * 86_400_000;

/**
 * Reads `300s`, `1.5m`, `500ms`, `2h`, `1d`; `0` alone means none.
 * @param what a setting, or a phrase
 * @throws Problem `duration-invalid`
 */
export function parseDuration(text: string, what = 'duration'): Millis {
	const problem = (wrong: string, hint: string) =>
		new Problem('duration-invalid', (say) => `${say(what)} "${text}" ${wrong}`, { hint });
	if (text === '0') return millis(0);
	const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text);
	const [, amount, name] = match ?? [];
	const factor = name === undefined ? undefined : unitMs[name];
	if (amount === undefined || factor === undefined) {
		const bare = /^\d+(\.\d+)?$/.test(text);
		throw problem(
			'is not a duration',
			bare
				? `Say the unit: ${text}s, ${text}ms or ${text}m.`
				: 'Write a number and a unit: 500ms, 30s, 2m, 1h.',
		);
	}
	const span = Number(amount) * factor;
	if (span > longestSpan) throw problem('is longer than a year', 'Use a shorter one.');
	return millis(span);
}

/** As `parseDuration` reads it, exactly. */
export function durationText(span: Millis): string {
	if (span === 0) return '0';
	const unit = (['h', 'm', 's'] as const).find((name) => span % (unitMs[name] ?? 1) === 0) ?? 'ms';
	return `${span / (unitMs[unit] ?? 1)}${unit}`;
}

/** The shortest exact way to say a span: `0 s`, `250 ms`, `3 s`, `20 min`, `1 h 30 min`. */
export function formatDuration(span: number): string {
	if (span !== 0 && span < 1_000) return `${Math.round(span)} ms`;
	if (span < 59_500) return `${Number((span / 1_000).toFixed(span < 10_000 ? 1 : 0))} s`;
	const inSeconds = Math.round(span / 1_000);
	const minutes = Math.floor(inSeconds / 60);
	const seconds = inSeconds % 60;
	if (minutes < 60) return seconds === 0 ? `${minutes} min` : `${minutes} min ${seconds} s`;
	const hours = Math.floor(minutes / 60);
	return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}
