import type { KeptLine, LineListener } from '../delivery/kept-line.ts';
import type { Random } from '../model/clock.ts';
import type { CallbackSource } from './callback-source.ts';
import type { Places } from './places.ts';

export interface FloodPlan {
	readonly sources: readonly CallbackSource[];
	/** Which of the sources makes the nth callback. */
	sourceOf(n: number): number;
	readonly places: Places;
	readonly connections: number;
	/** A second; undefined sends the next one as soon as a connection is free. */
	readonly rate: number | undefined;
	/** Milliseconds in which callbacks are begun; Infinity for no end. */
	readonly duration: number;
	/** How many times faster than the provider time passes; Infinity for no waiting at all. */
	readonly speed: number;
	readonly bail: boolean;
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
