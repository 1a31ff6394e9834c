import type { Arrival } from '../report/arrival.ts';

const most = { count: 500, bytes: 32 * 1024 * 1024 };

/** The latest arrivals: a listener that runs for days must not grow with what it has heard. */
export class KeptArrivals {
	readonly #kept = new Map<number, Arrival>();
	#bytes = 0;

	add(arrival: Arrival): void {
		this.#drop(arrival.number);
		this.#kept.set(arrival.number, arrival);
		this.#bytes += sizeOf(arrival);
		for (const number of this.#kept.keys()) {
			if (this.#kept.size <= most.count && this.#bytes <= most.bytes) break;
			if (number !== arrival.number) this.#drop(number);
		}
	}

	get(number: number): Arrival | undefined {
		return this.#kept.get(number);
	}

	/** The oldest first. */
	all(): Arrival[] {
		return [...this.#kept.values()];
	}

	#drop(number: number): void {
		const gone = this.#kept.get(number);
		if (gone === undefined) return;
		this.#kept.delete(number);
		this.#bytes -= sizeOf(gone);
	}
}

/** Fields are read from the body, and weigh as much again; headers are bounded already. */
const sizeOf = ({ received, forwarded }: Arrival): number =>
	received.body.length * 2 +
	20_000 +
	(forwarded !== undefined && 'body' in forwarded ? forwarded.body.length : 0);
