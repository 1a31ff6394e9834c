import type { KeptLine, LineListener } from '../delivery/kept-line.ts';
import type { Random } from '../model/clock.ts';
import type { BurstTally } from './burst-tally.ts';
import type { CallbackSource } from './callback-source.ts';
import { everyNth, type Places } from './places.ts';

export interface FloodPlan {
	readonly sources: readonly CallbackSource[];
	/** Which of the sources makes the nth callback. */
	sourceOf(n: number): number;
	readonly places: Places;
	readonly connections: number;
	/** A second; undefined sends the next one as soon as a connection is free. */
	readonly rate: number | undefined;
	/** How much later than its turn each one is due, as a share of the distance between two. */
	readonly phase: number;
	/** Milliseconds in which callbacks are begun; Infinity for no end. */
	readonly duration: number;
	/** How many times faster than the provider time passes; Infinity for no waiting at all. */
	readonly speed: number;
	readonly bail: boolean;
}

/** What a worker has of a plan: of callbacks, connections and rate. */
export function partOf(plan: FloodPlan, index: number, of: number): FloodPlan {
	const { places, connections, rate } = plan;
	return {
		...plan,
		places: everyNth(places, index, of),
		connections: Math.floor((connections + of - 1 - index) / of),
		rate: rate === undefined ? undefined : rate / of,
		phase: index / of,
	};
}

/** What a burst asks of who sends it. */
export interface Load {
	readonly tally: BurstTally;
	/** Begun, and not ended. */
	readonly open: number;
	/** Until the last answer, once all has ended. */
	readonly tookMs: number;
	/** Of what was planned; Infinity where it has no end. */
	readonly notSent: number;
	/** Until everything has ended, or it is stopped. @throws RemoteAddress, or a bug */
	run(): Promise<void>;
	stop(): void;
}

export interface FloodPorts {
	/** Milliseconds since some moment, never back, finer than one. */
	now(): number;
	/** Epoch milliseconds. */
	epoch(): number;
	/** Calls back once, so many milliseconds later; the returned function takes it back. */
	later(span: number, wake: () => void): () => void;
	openLine(listener: LineListener): KeptLine;
	readonly random: Random;
	/** Told of every callback that ends unacknowledged. */
	unacknowledged(reference: string): void;
	/** Told before every attempt. */
	readonly trying?: ((about: FloodAttempt) => void) | undefined;
}

export interface FloodAttempt {
	/** The callback's number, from 0. */
	readonly n: number;
	/** From 1. */
	readonly attempt: number;
	/** When it was due and when it leaves, milliseconds since the start, on the schedule's clock. */
	readonly due: number;
	readonly at: number;
}
