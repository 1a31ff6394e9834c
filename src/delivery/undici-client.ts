import type { Client } from 'undici';
import { tuneForShortRuns } from './v8-flags.ts';

export type UndiciClient = typeof Client;

/** undici's `Client` alone: its full entry makes one POST take twice as long. */
export async function loadUndiciClient(): Promise<UndiciClient> {
	const module = (await import('undici/lib/dispatcher/client.js')) as { default: UndiciClient };
	tuneForShortRuns();
	return module.default;
}
