import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { LatencyMs } from '../model/contract/burst.ts';
import { Throughput, type ThroughputParts } from './throughput.ts';

/** What one attempt came to, in a word: `status 500`, `timed out (headers)`. */
interface Kind {
	readonly text: string;
	readonly isAnswer: boolean;
}

const counted = [
	'sent',
	'acknowledged',
	'refused',
	'failed',
	'attempts',
	'answers',
	'challenges',
] as const satisfies readonly (keyof BurstTally)[];

/** A tally as another thread tells it. */
export interface TallyParts {
	readonly counts: Readonly<Record<(typeof counted)[number], number>>;
	readonly isReached: boolean;
	readonly kinds: readonly (Kind & { readonly ended: number })[];
	readonly latencies: RecordableHistogram;
	readonly throughput: ThroughputParts;
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
	/** Attempts that had a whole answer. */
	answers = 0;
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
	answer(took: number): void {
		this.answers++;
		this.#latencies.record(Math.min(longest, Math.max(1, Math.round(took * 1_000))));
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

	parts(): TallyParts {
		const counts = Object.fromEntries(counted.map((name) => [name, this[name]]));
		return {
			counts: counts as TallyParts['counts'],
			isReached: this.isReached,
			kinds: this.#kinds.map((kind, at) => ({ ...kind, ended: this.#ended[at] ?? 0 })),
			latencies: this.#latencies,
			throughput: this.throughput.parts(),
		};
	}

	/** As if what the other holds had been counted here: nothing is lost, latencies neither. */
	add({ counts, isReached, kinds, latencies, throughput }: TallyParts): void {
		for (const name of counted) this[name] += counts[name];
		this.isReached ||= isReached;
		for (const { text, isAnswer, ended } of kinds) {
			const kind = this.kindOf(text, isAnswer);
			this.#ended[kind] = (this.#ended[kind] ?? 0) + ended;
		}
		this.#latencies.add(latencies);
		this.throughput.add(throughput);
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
		if (this.answers === 0) return null;
		const at = (percent: number) => this.#latencies.percentile(percent) / 1_000;
		return { p50: at(50), p90: at(90), p99: at(99), max: this.#latencies.max / 1_000 };
	}
}
