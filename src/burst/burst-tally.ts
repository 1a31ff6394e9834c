import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { LatencyMs } from '../model/contract/burst.ts';
import { Throughput } from './throughput.ts';

/** What one attempt came to, in a word: `status 500`, `timed out (headers)`. */
interface Kind {
	readonly text: string;
	readonly isAnswer: boolean;
}

/** Longest latency that is told apart: an hour, in microseconds. */
const longest = 3_600_000_000;

/**
 * What a burst has come to so far. Latencies are kept in Node's own HDR histogram (HdrHistogram_c),
 * three digits exact, in microseconds: its size does not grow with what it holds.
 */
export class BurstTally {
	/** Callbacks of which an attempt was made. */
	sent = 0;
	acknowledged = 0;
	refused = 0;
	failed = 0;
	attempts = 0;
	/** Challenges that were answered. */
	challenges = 0;
	isReached = false;
	readonly throughput = new Throughput();
	readonly #latencies: RecordableHistogram = createHistogram({
		lowest: 1,
		highest: longest,
		figures: 3,
	});
	readonly #kinds: Kind[] = [];
	readonly #numbers = new Map<string, number>();
	/** By kind: attempts, and callbacks that ended so. */
	readonly #ended: number[] = [];

	/** @param took milliseconds */
	latency(took: number): void {
		this.#latencies.record(Math.min(longest, Math.max(1, Math.round(took * 1_000))));
	}

	/** Attempts that had a whole answer. */
	get answers(): number {
		return this.#latencies.count;
	}

	/** A small number for it, always the same. */
	kindOf(text: string, isAnswer: boolean): number {
		let number = this.#numbers.get(text);
		if (number === undefined) {
			number = this.#kinds.length;
			this.#kinds.push({ text, isAnswer });
			this.#ended.push(0);
			this.#numbers.set(text, number);
		}
		return number;
	}

	end(kind: number): void {
		if (this.#kinds[kind]?.isAnswer === true) this.refused++;
		else this.failed++;
		this.#ended[kind] = (this.#ended[kind] ?? 0) + 1;
	}

	/** Of those not acknowledged: how many ended how, the most first. */
	endings(): [text: string, count: number][] {
		return this.#kinds
			.map(({ text }, at): [string, number] => [text, this.#ended[at] ?? 0])
			.filter(([, count]) => count > 0)
			.sort(([, a], [, b]) => b - a);
	}

	/** Null where nothing was answered. */
	latencies(): LatencyMs | null {
		if (this.#latencies.count === 0) return null;
		const at = (percent: number) => this.#latencies.percentile(percent) / 1_000;
		return { p50: at(50), p90: at(90), p99: at(99), max: this.#latencies.max / 1_000 };
	}
}
