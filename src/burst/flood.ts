import type { AnswerHead } from '../delivery/kept-line.ts';
import { pauseBefore } from '../delivery/retry-schedule.ts';
import { BurstTally } from './burst-tally.ts';
import type { CallbackSource } from './callback-source.ts';
import type { FloodPlan, FloodPorts, Load } from './flood-plan.ts';
import { Slot } from './slot.ts';
import { Unacknowledged } from './unacknowledged.ts';
import { type WaitingOrder, WaitingQueue } from './waiting-queue.ts';

/**
 * Sends until everything has ended, or it is stopped. Where nothing is waited for (`speed`
 * Infinity) the clock of the schedule is the time at which the latest attempt was due: it never
 * runs back, because no attempt starts while an earlier one may still be made.
 */
export class Flood implements Load {
	readonly tally = new BurstTally();
	readonly #plan: FloodPlan;
	readonly #ports: FloodPorts;
	readonly #isVirtual: boolean;
	readonly #slots: Slot[] = [];
	readonly #idle: Slot[] = [];
	readonly #waiting = new WaitingQueue();
	readonly #order: WaitingOrder = { place: 0, attempt: 0, before: 0 };
	readonly #unacknowledged: Unacknowledged;
	#next = 0;
	#start = 0;
	#end: number | undefined;
	#isStarting = true;
	#isStopped = false;
	#isHeld = false;
	#takeBack: (() => void) | undefined;
	#resolve: () => void = () => undefined;
	#reject: (error: unknown) => void = () => undefined;

	constructor(plan: FloodPlan, ports: FloodPorts) {
		this.#plan = plan;
		this.#ports = ports;
		this.#isVirtual = plan.speed === Number.POSITIVE_INFINITY;
		this.#unacknowledged = new Unacknowledged(ports.unacknowledged);
	}

	get open(): number {
		return this.#waiting.size + this.#slots.length - this.#idle.length;
	}

	get tookMs(): number {
		return (this.#end ?? this.#ports.now()) - this.#start;
	}

	get notSent(): number {
		return this.#plan.places.total - this.#next;
	}

	async run(): Promise<void> {
		this.#start = this.#ports.now();
		const { sources, connections } = this.#plan;
		for (let at = 0; at < connections; at++)
			this.#slots.push(
				new Slot(sources, this.#ports.random, (slot) =>
					this.#ports.openLine({
						answered: (status, head, body) => this.#answered(slot, status, head, body),
						failed: (what, isReached) => this.#failed(slot, what, isReached),
						broken: this.#broken,
					}),
				),
			);
		this.#idle.push(...this.#slots);
		try {
			await new Promise<void>((resolve, reject) => {
				this.#resolve = resolve;
				this.#reject = reject;
				this.#pump();
			});
		} finally {
			this.#end = this.#ports.now();
			this.#takeBack?.();
			await Promise.all(this.#slots.map((slot) => slot.close()));
		}
		await this.#unacknowledged.tellRest();
	}

	/** At once: what is under way has failed, what waits has ended as its last attempt did. */
	stop(): void {
		if (this.#isStopped) return;
		this.#isStopped = true;
		const interrupted = this.tally.kindOf('interrupted', false);
		for (const slot of this.#slots.filter(({ isBusy }) => isBusy)) {
			slot.isBusy = false;
			this.#idle.push(slot);
			this.#ended(slot.n, interrupted);
		}
		this.#drain();
		this.#resolve();
	}

	#drain(): void {
		const { places } = this.#plan;
		for (const { place, before } of this.#waiting.drained())
			this.#ended(places.callbackAt(place), before);
	}

	/**
	 * Starts whatever is due on whatever is free.
	 * @param just milliseconds since the start, where they have just been asked for
	 */
	#pump(just?: number): void {
		if (this.#isHeld) return;
		let known = just;
		while (!this.#isStopped && this.#idle.length > 0) {
			const now = known ?? this.tookMs;
			known = undefined;
			const fresh = this.#freshDue(now);
			const again = this.#waiting.nextDue;
			const due = Math.min(fresh, again);
			if (due === Number.POSITIVE_INFINITY) break;
			const isAgain = again <= fresh;
			const isHeldBack = isAgain && this.#isVirtual;
			if (isHeldBack ? this.#mayComeBefore(again) : due > now) {
				if (!isHeldBack) this.#wakeAt(due, now);
				return;
			}
			const place = isAgain ? this.#waiting.nextPlace : this.#next;
			if (!this.#begin(place, isAgain, due, now)) return;
		}
		if (!this.#isStopped && this.#idle.length === this.#slots.length) {
			this.#isStopped = true;
			this.#resolve();
		}
	}

	/** When the next new callback is due; Infinity where none is left. */
	#freshDue(now: number): number {
		const { places, rate, phase, duration } = this.#plan;
		const due = rate === undefined ? now : ((this.#next + phase) * 1_000) / rate;
		const isOver = !this.#isStarting || this.#next >= places.total || due >= duration;
		if (isOver) return Number.POSITIVE_INFINITY;
		return rate === undefined && this.#isVirtual ? 0 : due;
	}

	/** Whether what is under way may come to another attempt that is due before that moment. */
	#mayComeBefore(due: number): boolean {
		return this.#slots.some(
			(slot) => slot.isBusy && slot.due + this.#sourceOf(slot.n).shortestPause < due,
		);
	}

	/** @returns false where the callback has to be made first */
	#begin(place: number, isAgain: boolean, due: number, now: number): boolean {
		const n = this.#plan.places.callbackAt(place);
		const source = this.#sourceOf(n);
		if (!source.isReady(n)) {
			this.#isHeld = true;
			source.prepare(n).then(() => {
				this.#isHeld = false;
				this.#pump();
			}, this.#broken);
			return false;
		}
		const slot = this.#idle.pop() as Slot;
		if (isAgain) this.#waiting.pop(this.#order);
		else {
			this.#next++;
			// Those that come next are made meanwhile.
			if (n % 32 === 0) source.prepare(source.following(n)).catch(this.#broken);
		}
		slot.isBusy = true;
		slot.place = place;
		slot.n = n;
		slot.source = this.#plan.sourceOf(n);
		slot.attempt = isAgain ? this.#order.attempt : 1;
		slot.due = due;
		const isRated = !isAgain && this.#plan.rate !== undefined;
		slot.from = this.#start + (isRated ? due : now);
		this.tally.attempts++;
		const at = this.#isVirtual ? due : now;
		this.#ports.trying?.({ n, attempt: slot.attempt, due, at });
		slot.send(source, this.#start + now, this.#ports.epoch());
		return true;
	}

	#answered(slot: Slot, status: number, head: AnswerHead, body: Buffer | undefined): void {
		if (!slot.isBusy) return;
		this.tally.isReached = true;
		if (status === 401 && slot.answersChallenge(head.challenge())) {
			this.tally.challenges++;
			return;
		}
		const now = this.#ports.now();
		this.tally.answer(now - slot.from);
		this.tally.throughput.count(now - this.#start);
		const refusal = this.#sourceOf(slot.n).refusal(status, body);
		if (refusal !== undefined) this.#goOn(slot, this.tally.kindOf(refusal, true), status);
		else {
			this.tally.sent++;
			this.tally.acknowledged++;
			this.#free(slot, now - this.#start);
		}
	}

	#failed(slot: Slot, what: string, isReached: boolean): void {
		if (!slot.isBusy) return;
		this.tally.isReached ||= isReached;
		this.#goOn(slot, this.tally.kindOf(what, false), undefined);
	}

	/** The schedule goes on, or has come to its end. */
	#goOn(slot: Slot, kind: number, status: number | undefined): void {
		const { schedule } = this.#sourceOf(slot.n).kind;
		const attempt = slot.attempt + 1;
		const pause = pauseBefore(schedule, attempt, status, this.#ports.random);
		if (pause === undefined || !this.#isStarting) {
			this.#ended(slot.n, kind);
			if (this.#plan.bail) {
				this.#isStarting = false;
				this.#drain();
			}
		} else {
			const due = this.#isVirtual ? slot.due + pause : this.tookMs + pause / this.#plan.speed;
			this.#waiting.push(due, { place: slot.place, attempt, before: kind });
		}
		this.#free(slot);
	}

	#ended(n: number, kind: number): void {
		this.tally.sent++;
		this.tally.end(kind);
		this.#unacknowledged.add(this.#sourceOf(n), n);
	}

	#free(slot: Slot, just?: number): void {
		slot.isBusy = false;
		this.#idle.push(slot);
		this.#pump(just);
	}

	#wakeAt(due: number, now: number): void {
		this.#takeBack?.();
		this.#takeBack = this.#ports.later(due - now, () => this.#pump());
	}

	readonly #broken = (error: unknown): void => {
		this.#reject(error);
		this.stop();
	};

	#sourceOf(n: number): CallbackSource {
		return this.#plan.sources[this.#plan.sourceOf(n)] as CallbackSource;
	}
}
