/** What happened in each span of a run, for a chart: spans grow with it, their number does not. */
export class Throughput {
	/** Milliseconds of one span. */
	span = 100;
	#counts: number[] = [];

	/** @param at milliseconds since the start */
	count(at: number): void {
		let slot = Math.floor(at / this.span);
		while (slot >= 120) {
			this.#counts = Array.from(
				{ length: Math.ceil(this.#counts.length / 2) },
				(_, pair) => (this.#counts[2 * pair] ?? 0) + (this.#counts[2 * pair + 1] ?? 0),
			);
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
}
