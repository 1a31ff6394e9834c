export interface ThroughputParts {
	/** Milliseconds. */
	readonly span: number;
	readonly counts: readonly number[];
}

/** What happened in each span of a run, for a chart: spans grow with it, their number does not. */
export class Throughput {
	/** Milliseconds of one span. */
	span = 100;
	#counts: number[] = [];

	/** @param at milliseconds since the start */
	count(at: number): void {
		let slot = Math.floor(at / this.span);
		while (slot >= 120) {
			this.#counts = inPairs(this.#counts);
			this.span *= 2;
			slot = Math.floor(at / this.span);
		}
		while (this.#counts.length <= slot) this.#counts.push(0);
		this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
	}

	/** A second, of each span. */
	perSecond(): number[] {
		return this.#counts.map((count) => (count * 1_000) / this.span);
	}

	parts(): ThroughputParts {
		return { span: this.span, counts: this.#counts };
	}

	/** What happened elsewhere since the same moment. */
	add({ span, counts }: ThroughputParts): void {
		let others = counts;
		for (; this.span < span; this.span *= 2) this.#counts = inPairs(this.#counts);
		for (let own = span; own < this.span; own *= 2) others = inPairs(others);
		const own = this.#counts;
		this.#counts = Array.from(
			{ length: Math.max(own.length, others.length) },
			(_, at) => (own[at] ?? 0) + (others[at] ?? 0),
		);
	}
}

const inPairs = (counts: readonly number[]): number[] =>
	Array.from(
		{ length: Math.ceil(counts.length / 2) },
		(_, pair) => (counts[2 * pair] ?? 0) + (counts[2 * pair + 1] ?? 0),
	);
