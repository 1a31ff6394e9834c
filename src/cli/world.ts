import type { Readable } from 'node:stream';
import type { Clock, Random } from '../model/clock.ts';

/** A place to write to. A write that fails because the reader has gone is the end of the run, not a bug. */
export interface Sink {
	readonly isTTY: boolean;
	readonly columns: number | undefined;
	write(text: string | Uint8Array): void;
}

/** Everything the tool touches, handed in: tests give their own. */
export interface World {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly stdin: Readable & { readonly isTTY?: boolean };
	readonly stdout: Sink;
	readonly stderr: Sink;
	readonly clock: Clock;
	readonly random: Random;
	/** Aborted, with an `Interruption`, by the first SIGINT or SIGTERM; signals are caught from the first call on. */
	interruption(): AbortSignal;
	readonly version: string;
	/** The packed index of built-in providers. */
	readonly cataloguePath: string;
	readonly insideContainer: () => boolean;
}

/** Prompts only fill gaps, only where somebody can answer, never in CI. */
export function canAsk(world: World, input = true): boolean {
	const ci = (world.env['CI'] ?? '').toLowerCase();
	const inCi = ci !== '' && ci !== '0' && ci !== 'false';
	return input && !inCi && world.stdin.isTTY === true && world.stderr.isTTY;
}
