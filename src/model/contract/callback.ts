import type { Body } from './exchange.ts';

/** One callback: as it would be sent, and what is said of one that was received. */

/** `show --json` */
export type ShownCallback = {
	readonly v: 1;
	readonly event: string;
	readonly options: readonly string[];
	readonly method: string;
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Absent where the message carries none. */
	readonly signature?:
		| {
				readonly algorithm: string;
				readonly fields: readonly string[];
				readonly canonical: string;
				readonly value: string;
		  }
		| undefined;
} & Body;

/** `verify --json` */
export interface VerdictEvent {
	readonly v: 1;
	readonly type: 'verdict';
	readonly genuine: boolean;
	/** The event it looks like, or null. */
	readonly event: string | null;
	readonly options: readonly string[];
	/** A stable code of what is wrong; null when genuine, or when nothing was found. */
	readonly cause: string | null;
	readonly explanation: string;
	readonly signature: {
		readonly algorithm: string;
		readonly fields: readonly string[];
		readonly canonical: string;
		/** The right signature; with `--expect` the one that was given there. */
		readonly expected: string;
		/** The one that arrived; with `--expect` the one that the callback carries. */
		readonly received: string | null;
		/** The right one, whoever asks. */
		readonly right: string;
		readonly mistaken?: string | undefined;
	} | null;
	/** The code to look for, where a mistake was named. */
	readonly look?:
		| readonly { readonly code: string; readonly php: string; readonly js: string }[]
		| undefined;
}

/** `listen --json`, its first line. */
export interface ListeningEvent {
	readonly v: 1;
	readonly type: 'listening';
	readonly url: string;
	/** Where the page of what arrives is. */
	readonly page?: string | undefined;
}

/** `listen --json`, a line a request. */
export interface ReceivedEvent {
	readonly v: 1;
	readonly type: 'received';
	/** Wall time, ISO 8601. */
	readonly at: string;
	readonly request: {
		readonly method: string;
		readonly url: string;
		readonly headers: Readonly<Record<string, string>>;
	} & Body;
	readonly event: string | null;
	readonly genuine: boolean;
	readonly cause: string | null;
	readonly why: string;
	readonly answered: number;
	/** The number of the first request with the same bytes. */
	readonly repeatOf?: number | undefined;
	/** It was asked for credentials, as the first of a Digest exchange is: no failure. */
	readonly challenged?: true | undefined;
	/** Where it was handed on, and what came back. */
	readonly forwarded?: Forwarded | undefined;
}

export type Forwarded = { readonly url: string; readonly tookMs: number } & (
	| ({
			readonly status: number;
			readonly headers: Readonly<Record<string, string>>;
	  } & Body)
	/** A sentence; the sender was answered 502. */
	| { readonly failure: string }
);
