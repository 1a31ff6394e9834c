import { setFlagsFromString } from 'node:v8';
import type { Client } from 'undici';

export type UndiciClient = typeof Client;

/**
 * undici's `Client` alone: its full entry makes one POST take twice as long.
 *
 * On Node 20 the process would spend some 55 ms at its end, optimising the parser's WebAssembly for requests that
 * never come; the flag keeps the baseline compiler. Newer versions start faster without it (see bench/README.md).
 */
export async function loadUndiciClient(nodeVersion: string = process.versions.node): Promise<UndiciClient> {
	if (nodeVersion.startsWith('20.')) setFlagsFromString('--liftoff-only');
	const module = (await import('undici/lib/dispatcher/client.js')) as { default: UndiciClient };
	return module.default;
}
