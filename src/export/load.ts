import type { Acknowledge } from '../model/provider.ts';

/** One event of the load. */
export interface LoadEvent {
	readonly id: string;
	readonly method: string;
	/** Where it goes, without a query of ours. */
	readonly url: string;
	/** The option of `compose` that the URL is. */
	readonly urlIs: 'to' | 'returnTo';
	readonly acknowledge: Acknowledge;
	/** What a reference of the load's own begins with; undefined where all have the same. */
	readonly referencePrefix: string | undefined;
	/** Options of `compose`. */
	readonly options: Readonly<Record<string, unknown>>;
}

export interface LoadTest {
	readonly events: readonly LoadEvent[];
	/** Callbacks a second. */
	readonly rate: number;
	readonly seconds: number;
	/** Seconds for one answer. */
	readonly timeout: number;
	/** Of callsim. */
	readonly version: string;
	/** Environment variables that hold the keys. */
	readonly variables: readonly string[];
}
