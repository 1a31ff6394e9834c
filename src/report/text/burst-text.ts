import type { ChalkInstance } from 'chalk';
import type {
	BurstProgressEvent,
	BurstSummaryEvent,
	LatencyMs,
} from '../../model/contract/burst.ts';
import { formatDuration } from '../../model/duration.ts';
import { burstVerdict, latencyText, wholeText } from '../burst-words.ts';
import { counted } from '../outcome-text.ts';

/** A line that the next one takes the place of. @param total Infinity where it has no end */
export function progressLine(event: BurstProgressEvent, total: number): string {
	const { sent, acknowledged, refused, failed, answers, open, tookMs } = event;
	const of = Number.isFinite(total) ? ` of ${wholeText(total)}` : '';
	const speed = wholeText((answers * 1_000) / Math.max(1, tookMs));
	const wrong =
		refused + failed === 0 ? '' : `, ${wholeText(refused)} refused, ${wholeText(failed)} failed`;
	return `${wholeText(sent)}${of}: ${wholeText(acknowledged)} acknowledged${wrong}, ${wholeText(open)} open · ${speed} answers/s`;
}

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Answers a second over the run, at most so many columns. */
function sparkline(values: readonly number[], columns = 60): string {
	const step = Math.max(1, Math.ceil(values.length / columns));
	const columnsOf = Array.from({ length: Math.ceil(values.length / step) }, (_, at) => {
		const some = values.slice(at * step, (at + 1) * step);
		return some.reduce((sum, value) => sum + value, 0) / some.length;
	});
	const most = Math.max(...columnsOf, 1);
	return columnsOf
		.map((value) => bars[Math.min(7, Math.floor((value / most) * 7.999))] ?? '')
		.join('');
}

/** What a burst came to. @param file where the references of those not acknowledged are */
export function burstLines(
	summary: BurstSummaryEvent,
	paint: ChalkInstance,
	file: string | undefined,
): string[] {
	const { sent, acknowledged, refused, failed, attempts, notSent, challenges } = summary;
	const { latencyMs, endings, seed, now } = summary;
	const rows: [string, string][] = [
		['sent', wholeText(sent)],
		['acknowledged', wholeText(acknowledged)],
		['refused', wholeText(refused)],
		['failed', wholeText(failed)],
	];
	const width = Math.max(...rows.map(([, number]) => number.length));
	const tail = (name: string) =>
		name === 'sent' && attempts !== sent ? `   in ${counted(attempts, 'attempt')}` : '';
	return [
		...rows.map(([name, number]) => `${name.padEnd(14)}${number.padStart(width)}${tail(name)}`),
		...Object.entries(endings).map(
			([text, count]) => `  ${wholeText(count).padStart(width)} × ${text}`,
		),
		...(notSent === 0 ? [] : [`${'not sent'.padEnd(14)}${wholeText(notSent).padStart(width)}`]),
		...(challenges === 0
			? []
			: [`${'challenges'.padEnd(14)}${wholeText(challenges).padStart(width)}`]),
		'',
		// What nobody answered has no speed.
		...(latencyMs === null ? [] : speedLines(summary, latencyMs)),
		verdict(),
		...(file === undefined ? [] : [`  their references: ${file}`]),
		paint.dim(`the same callbacks again: --seed ${seed} --now ${now}`),
	];

	function verdict(): string {
		const { kind, text } = burstVerdict(summary);
		if (kind === 'failed') return paint.red(`✗ ${text}`);
		return kind === 'passed' ? paint.green(`✓ ${text}`) : paint.yellow(`– ${text}`);
	}
}

function speedLines(
	{ throughput, perSecond, tookMs }: BurstSummaryEvent,
	{ p50, p90, p99, max }: LatencyMs,
): string[] {
	const middle = throughput.perSecond.slice(0, -1);
	return [
		`${wholeText(perSecond)} answers a second for ${formatDuration(tookMs)}`,
		...(middle.length < 2
			? []
			: [`${sparkline(middle)}  up to ${wholeText(Math.max(...middle))}/s`]),
		`latency  p50 ${latencyText(p50)} · p90 ${latencyText(p90)} · p99 ${latencyText(p99)} · max ${latencyText(max)}`,
		'',
	];
}
