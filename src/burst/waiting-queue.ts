/** An order that waits for its next attempt. */
export interface WaitingOrder {
	/** Where it stands among all that are sent. */
	place: number;
	/** Of the attempt that is waited for; from 2. */
	attempt: number;
	/** What the one before came to, as a small number. */
	before: number;
}

/**
 * Orders by the time at which they are due, the earliest first, those of one moment by their place:
 * a heap in typed arrays, 16 bytes an order, a logarithm of steps each time.
 */
export class WaitingQueue {
	#due = new Float64Array(1_024);
	#place = new Uint32Array(1_024);
	#attempt = new Uint16Array(1_024);
	#before = new Uint16Array(1_024);
	#size = 0;

	get size(): number {
		return this.#size;
	}

	/** Infinity where nobody waits. */
	get nextDue(): number {
		return this.#size === 0 ? Number.POSITIVE_INFINITY : (this.#due[0] as number);
	}

	get nextPlace(): number {
		return this.#place[0] as number;
	}

	push(due: number, { place, attempt, before }: WaitingOrder): void {
		if (this.#size === this.#due.length) this.#grow();
		let at = this.#size++;
		while (at > 0) {
			const parent = (at - 1) >> 1;
			if (!this.#isBefore(due, place, parent)) break;
			this.#move(parent, at);
			at = parent;
		}
		this.#due[at] = due;
		this.#place[at] = place;
		this.#attempt[at] = attempt;
		this.#before[at] = before;
	}

	/** Takes the earliest one out, into `order`. */
	pop(order: WaitingOrder): void {
		order.place = this.#place[0] as number;
		order.attempt = this.#attempt[0] as number;
		order.before = this.#before[0] as number;
		this.#size -= 1;
		const last = this.#size;
		const due = this.#due[last] as number;
		const place = this.#place[last] as number;
		let at = 0;
		for (;;) {
			let child = 2 * at + 1;
			if (child >= last) break;
			if (
				child + 1 < last &&
				this.#isBefore(this.#due[child + 1] as number, this.#place[child + 1] as number, child)
			)
				child++;
			if (this.#isBefore(due, place, child)) break;
			this.#move(child, at);
			at = child;
		}
		this.#move(last, at);
	}

	/** Takes them all out; each is overwritten by the next. */
	*drained(): Generator<Readonly<WaitingOrder>> {
		const order: WaitingOrder = { place: 0, attempt: 0, before: 0 };
		while (this.#size > 0) {
			this.pop(order);
			yield order;
		}
	}

	#isBefore(due: number, place: number, other: number): boolean {
		const otherDue = this.#due[other] as number;
		return due < otherDue || (due === otherDue && place < (this.#place[other] as number));
	}

	#move(from: number, to: number): void {
		this.#due[to] = this.#due[from] as number;
		this.#place[to] = this.#place[from] as number;
		this.#attempt[to] = this.#attempt[from] as number;
		this.#before[to] = this.#before[from] as number;
	}

	/** By half: twice the room, and the old beside it, would be three times what is needed. */
	#grow(): void {
		const room = Math.ceil(this.#due.length * 1.5);
		const due = new Float64Array(room);
		due.set(this.#due);
		this.#due = due;
		const place = new Uint32Array(room);
		place.set(this.#place);
		this.#place = place;
		const attempt = new Uint16Array(room);
		attempt.set(this.#attempt);
		this.#attempt = attempt;
		const before = new Uint16Array(room);
		before.set(this.#before);
		this.#before = before;
	}
}
