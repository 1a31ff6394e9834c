import type { Millis } from './duration.ts';

/** Time as a port, so that a 20-minute schedule runs in milliseconds in a test. */
export interface Clock {
	/** Epoch milliseconds. */
	now(): number;
	/** Resolves when the span has passed; rejects with the signal's reason when that comes first. */
	sleep(span: Millis, signal?: AbortSignal): Promise<void>;
}

/** Randomness as a port: `--seed` makes it repeatable. */
export interface Random {
	/** `count` random bytes. */
	bytes(count: number): Uint8Array;
	/** Where it is seeded: a source for a name, the same whatever was drawn before. */
	of?(name: string): Random;
}
