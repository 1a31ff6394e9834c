import type { BurstDocument, LatencyMs } from '../../model/contract/burst.ts';
import { formatDuration } from '../../model/duration.ts';
import { latencyText, wholeText } from '../burst-words.ts';
import { html, type Markup } from './markup.ts';

/** Answers a second over the run, a bar each span. */
export function throughputChart({ throughput, perSecond, tookMs }: BurstDocument): Markup {
	const { spanMs, perSecond: all } = throughput;
	const most = Math.max(...all, 1);
	const width = 100 / Math.max(all.length, 1);
	const bars = all.map((rate, at) => {
		const height = (rate / most) * 100;
		return html`<rect x="${percent(at * width)}" y="${percent(100 - height)}" width="${percent(width * 0.9)}" height="${percent(height)}"/>`;
	});
	// The last bar may stand for less than its span, which then has less than the average.
	const upTo = most > perSecond ? `, up to ${wholeText(most)}` : '';
	const spoken = `Answers a second, every ${formatDuration(spanMs)}: ${wholeText(perSecond)} on average${upTo}`;
	return html`<section aria-labelledby="speed">
		<h2 id="speed">Answers a second</h2>
		<p class="lead">${wholeText(perSecond)} on average for ${formatDuration(tookMs)}${upTo}; a bar for every ${formatDuration(spanMs)}.</p>
		<svg class="spans" role="img" aria-label="${spoken}">${bars}</svg>
		<p class="ends" aria-hidden="true"><span>0 s</span><span>${formatDuration(all.length * spanMs)}</span></p>
	</section>`;
}

/** A row for each percentile, as long as it took. */
export function latencyChart(latency: LatencyMs, isFromDue: boolean): Markup {
	const rows = [
		['half (p50)', latency.p50],
		['90 % (p90)', latency.p90],
		['99 % (p99)', latency.p99],
		['all (max)', latency.max],
	] as const;
	const longest = Math.max(latency.max, 0.001);
	return html`<section aria-labelledby="latency">
		<h2 id="latency">Latency</h2>
		<p class="lead">${isFromDue ? 'From when a callback was due to the end of its answer' : 'From sending to the end of the answer'}: so many of the answers came within that time.</p>
		<dl class="measures">${rows.map(
			([name, ms]) =>
				html`<div><dt>${name}</dt><dd class="measure"><svg aria-hidden="true"><rect width="${percent((ms / longest) * 100)}" height="100%"/></svg></dd><dd>${latencyText(ms)}</dd></div>`,
		)}</dl>
	</section>`;
}

const percent = (share: number): string => `${share.toFixed(2)}%`;
