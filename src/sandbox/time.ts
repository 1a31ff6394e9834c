import type { Clock } from '../model/clock.ts';
import { type Millis, millis } from '../model/duration.ts';

interface Sleeper {
	readonly due: number;
	wake(): void;
	/** Waits for the real clock anew: the sandbox's has been moved. */
	rearm(): void;
}

/**
 * The sandbox's clock: the world's, moved on by whoever asks; or one that stands still until then.
 * What runs on it is counted, so that moving it on means: everything that is due by then is done.
 */
export class SandboxTime implements Clock {
	readonly #world: Clock;
	readonly #isStill: boolean;
	readonly #sleepers = new Set<Sleeper>();
	#busy = 0;
	#idle: (() => void)[] = [];
	#shift: number;
	#stillAt: number;

	/** @param start epoch milliseconds, where it is not the world's */
	constructor(world: Clock, { start, still = false }: { start?: number; still?: boolean } = {}) {
		this.#world = world;
		this.#isStill = still;
		this.#stillAt = start ?? world.now();
		this.#shift = start === undefined ? 0 : start - world.now();
	}

	now(): number {
		return this.#isStill ? this.#stillAt : this.#world.now() + this.#shift;
	}

	/** Counts as under way until it ends or sleeps. */
	run(task: () => Promise<void>): void {
		this.#busy++;
		void task().finally(() => this.#rest());
	}

	/** The same of what somebody waits for. */
	async during<T>(work: Promise<T>): Promise<T> {
		this.#busy++;
		try {
			return await work;
		} finally {
			this.#rest();
		}
	}

	async sleep(span: Millis, signal?: AbortSignal): Promise<void> {
		signal?.throwIfAborted();
		if (span <= 0) return;
		this.#rest();
		try {
			await this.#slept(this.now() + span, signal);
		} finally {
			this.#busy++;
		}
	}

	#slept(due: number, signal: AbortSignal | undefined): Promise<void> {
		return new Promise((resolve, reject) => {
			let timer = new AbortController();
			const stop = () => {
				this.#sleepers.delete(sleeper);
				timer.abort();
				signal?.removeEventListener('abort', aborted);
			};
			const aborted = () => {
				stop();
				reject(signal?.reason);
			};
			const sleeper: Sleeper = {
				due,
				wake: () => {
					stop();
					resolve();
				},
				rearm: () => {
					timer.abort();
					timer = new AbortController();
					if (this.#isStill) return;
					const left = millis(Math.max(0, due - this.now()));
					this.#world.sleep(left, timer.signal).then(sleeper.wake, () => undefined);
				},
			};
			signal?.addEventListener('abort', aborted, { once: true });
			this.#sleepers.add(sleeper);
			sleeper.rearm();
		});
	}

	/** Moves on, and resolves when everything that fell due has been done. */
	async advance(span: Millis): Promise<void> {
		const end = this.now() + span;
		await this.idle();
		for (;;) {
			const next = [...this.#sleepers].sort((a, b) => a.due - b.due)[0];
			if (next === undefined || next.due > end) break;
			this.#moveTo(Math.max(next.due, this.now()));
			next.wake();
			// What was woken says so first, then works.
			await new Promise((resolve) => setImmediate(resolve));
			await this.idle();
		}
		this.#moveTo(end);
		for (const sleeper of this.#sleepers) sleeper.rearm();
	}

	#moveTo(instant: number): void {
		if (this.#isStill) this.#stillAt = instant;
		else this.#shift = Math.max(this.#shift, instant - this.#world.now());
	}

	#rest(): void {
		this.#busy--;
		if (this.#busy > 0) return;
		for (const told of this.#idle.splice(0)) told();
	}

	/** Resolves when nothing is under way. */
	async idle(): Promise<void> {
		while (this.#busy > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
	}
}
