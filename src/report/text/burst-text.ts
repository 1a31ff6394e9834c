import type { ChalkInstance } from 'chalk';
import type {
	BurstProgressEvent,
	BurstSummaryEvent,
	LatencyMs,
} from '../../model/contract/burst.ts';
import { formatDuration } from '../../model/duration.ts';
import { counted } from '../outcome-text.ts';

const group = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');
/** `1,234,567` */
const whole = (count: number): string => group(String(Math.round(count)));

/** Milliseconds as a person compares them: `0.42 ms`, `17 ms`, `1.3 s`. */
function latency(ms: number): string {
	if (ms >= 1_000) return formatDuration(ms);
	return `${ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
}

/** A line that the next one takes the place of. @param total Infinity where it has no end */
export function progressLine(event: BurstProgressEvent, total: number): string {
	const { sent, acknowledged, refused, failed, answers, open, tookMs } = event;
	const of = Number.isFinite(total) ? ` of ${whole(total)}` : '';
	const speed = whole((answers * 1_000) / Math.max(1, tookMs));
	const wrong =
		refused + failed === 0 ? '' : `, ${whole(refused)} refused, ${whole(failed)} failed`;
	return `${whole(sent)}${of}: ${whole(acknowledged)} acknowledged${wrong}, ${whole(open)} open · ${speed} answers/s`;
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
	const { latencyMs, endings, seed, now, exitCode } = summary;
	const rows: [string, string][] = [
		['sent', whole(sent)],
		['acknowledged', whole(acknowledged)],
		['refused', whole(refused)],
		['failed', whole(failed)],
	];
	const width = Math.max(...rows.map(([, number]) => number.length));
	const tail = (name: string) =>
		name === 'sent' && attempts !== sent ? `   in ${counted(attempts, 'attempt')}` : '';
	return [
		...rows.map(([name, number]) => `${name.padEnd(14)}${number.padStart(width)}${tail(name)}`),
		...Object.entries(endings).map(
			([text, count]) => `  ${whole(count).padStart(width)} × ${text}`,
		),
		...(notSent === 0 ? [] : [`${'not sent'.padEnd(14)}${whole(notSent).padStart(width)}`]),
		...(challenges === 0 ? [] : [`${'challenges'.padEnd(14)}${whole(challenges).padStart(width)}`]),
		'',
		// What nobody answered has no speed.
		...(latencyMs === null ? [] : speedLines(summary, latencyMs)),
		verdict(),
		...(file === undefined ? [] : [`  their references: ${file}`]),
		paint.dim(`the same callbacks again: --seed ${seed} --now ${now}`),
	];

	function verdict(): string {
		const open = sent - acknowledged;
		if (open > 0 || sent === 0)
			return paint.red(`✗ ${whole(open)} of ${whole(sent)} not acknowledged`);
		// A tick would be read as the whole of it.
		return exitCode === 0
			? paint.green(`✓ all ${whole(sent)} acknowledged`)
			: paint.yellow(`– interrupted; the ${whole(sent)} sent until then are acknowledged`);
	}
}

function speedLines(
	{ throughput, perSecond, tookMs }: BurstSummaryEvent,
	{ p50, p90, p99, max }: LatencyMs,
): string[] {
	const middle = throughput.perSecond.slice(0, -1);
	return [
		`${whole(perSecond)} answers a second for ${formatDuration(tookMs)}`,
		...(middle.length < 2 ? [] : [`${sparkline(middle)}  up to ${whole(Math.max(...middle))}/s`]),
		`latency  p50 ${latency(p50)} · p90 ${latency(p90)} · p99 ${latency(p99)} · max ${latency(max)}`,
		'',
	];
}
