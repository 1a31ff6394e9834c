import type { BurstSummaryEvent } from '../model/contract/burst.ts';
import { formatDuration } from '../model/duration.ts';

/** `1,234,567` */
export const wholeText = (count: number): string =>
	String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');

/** Milliseconds as a person compares them: `0.42 ms`, `17 ms`, `1.3 s`. */
export function latencyText(ms: number): string {
	if (ms >= 1_000) return formatDuration(ms);
	const places = [10, 100].filter((bound) => ms < bound).length;
	return `${ms.toFixed(places)} ms`;
}

/** What a burst came to, in one sentence. */
export function burstVerdict({
	sent,
	acknowledged,
	exitCode,
}: Pick<BurstSummaryEvent, 'sent' | 'acknowledged' | 'exitCode'>): {
	readonly kind: 'passed' | 'failed' | 'interrupted';
	readonly text: string;
} {
	if (sent === 0) return { kind: 'failed', text: 'nothing was sent' };
	const open = sent - acknowledged;
	if (open > 0)
		return { kind: 'failed', text: `${wholeText(open)} of ${wholeText(sent)} not acknowledged` };
	// Of a part nobody may read that it is the whole.
	return exitCode === 0
		? { kind: 'passed', text: `all ${wholeText(sent)} acknowledged` }
		: {
				kind: 'interrupted',
				text: `interrupted; the ${wholeText(sent)} sent until then are acknowledged`,
			};
}
