import { longestTimer, wallMs } from './clock.ts';

/**
 * One timer for the requests of a line: it is put off when it rings too early, not with every
 * request.
 */
export class Deadline {
	readonly #span: number;
	readonly #late: () => void;
	#timer: NodeJS.Timeout | undefined;
	#since = 0;

	/** @param span milliseconds; 0 for no end */
	constructor(span: number, late: () => void) {
		this.#span = Math.min(span, longestTimer);
		this.#late = late;
	}

	/** @param since of `wallMs` */
	begin(since: number): void {
		this.#since = since;
		if (this.#timer === undefined && this.#span > 0) this.#wait(this.#span);
	}

	clear(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	#wait(span: number): void {
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			const left = this.#since + this.#span - wallMs();
			// Timers may ring a part of a millisecond early.
			if (left <= 1) this.#late();
			else this.#wait(left);
		}, span);
	}
}
