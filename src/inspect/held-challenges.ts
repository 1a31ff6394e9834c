import type { Arrival } from '../report/arrival.ts';

/** Milliseconds until a challenge that nobody has answered is told. */
const patience = 2_000;

/**
 * Keeps back the first request of a Digest exchange: answered, it is told with its answer, as one
 * arrival; unanswered, on its own.
 */
export class HeldChallenges {
	readonly #held = new Map<number, Arrival>();
	readonly #tell: (arrival: Arrival) => void;
	readonly #sleep: (ms: number) => Promise<void>;

	constructor(tell: (arrival: Arrival) => void, sleep: (ms: number) => Promise<void>) {
		this.#tell = tell;
		this.#sleep = sleep;
	}

	/** Tells it now, or holds it. */
	add(arrival: Arrival): void {
		this.#held.delete(arrival.number);
		if (arrival.challenge !== 'asked') {
			this.#tell(arrival);
			return;
		}
		this.#held.set(arrival.number, arrival);
		void this.#sleep(patience).then(() => this.#release(arrival));
	}

	/** Nothing more will come. */
	end(): void {
		for (const arrival of this.#held.values()) this.#release(arrival);
	}

	#release(arrival: Arrival): void {
		if (this.#held.get(arrival.number) !== arrival) return;
		this.#held.delete(arrival.number);
		this.#tell(arrival);
	}
}
