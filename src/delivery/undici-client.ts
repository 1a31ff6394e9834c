import type { Client } from 'undici';

export type UndiciClient = typeof Client;

/**
 * On Node 20 a process would spend some 55 ms at its end, optimising the parser's WebAssembly for
 * requests that never come; the flag keeps the baseline compiler. Newer versions start faster
 * without it (see bench/README.md). It changes the whole process: the command may, a library may
 * not.
 */
export function tuneForShortRuns(nodeVersion: string = process.versions.node): void {
	isTuned = nodeVersion.startsWith('20.');
}

let isTuned = false;

/**
 * A young generation of the size that it begins with collects as fast as a grown one, and without
 * it a flood's memory grows by a third; an old one that may grow by a fifth between two collections
 * keeps 1,000,000 callbacks within a seventh of what 10,000 take. The command may, a library may
 * not.
 */
export function tuneForFloods(): void {
	const { setFlagsFromString } = process.getBuiltinModule('node:v8');
	setFlagsFromString('--semi-space-growth-factor=1');
	setFlagsFromString('--heap-growing-percent=20');
}

/**
 * What a callback needs lives just long enough to count as old, and V8 lets that grow to four times
 * what is in use before it collects it. A sandbox runs all day: it grows by half, as a library may
 * not decide.
 */
export function tuneForLongRuns(): void {
	process.getBuiltinModule('node:v8').setFlagsFromString('--heap-growing-percent=50');
}

/** undici's `Client` alone: its full entry makes one POST take twice as long. */
export async function loadUndiciClient(): Promise<UndiciClient> {
	const module = (await import('undici/lib/dispatcher/client.js')) as { default: UndiciClient };
	// Behind the import: V8 takes kept code only under the flags that it was compiled with.
	if (isTuned) process.getBuiltinModule('node:v8').setFlagsFromString('--liftoff-only');
	return module.default;
}
