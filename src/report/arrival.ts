import type { Received } from '../capture/received.ts';
import type { ValueObject } from '../model/value.ts';
import type { Verdict } from '../verify/verdict.ts';

/** One callback that `listen` heard; the two requests of a Digest exchange are one. */
export interface Arrival {
	readonly number: number;
	/** Of its request: the two of a Digest exchange have one each. */
	readonly request: number;
	/** Epoch milliseconds. */
	readonly at: number;
	readonly received: Received;
	/** Names and values in turn, as they came. */
	readonly rawHeaders: readonly string[];
	/** Under the names that were sent; undefined where there are none to be read. */
	readonly fields: ValueObject | undefined;
	readonly verdict: Verdict;
	readonly answered: number;
	/** The first with the same bytes. */
	readonly repeatOf: Pick<Arrival, 'number' | 'request'> | undefined;
	/** `asked`: for credentials, and they are to come; `met`: they are the answer to that. */
	readonly challenge: 'asked' | 'met' | undefined;
	readonly forwarded: Forwarded | undefined;
}

/** What came of handing it on. */
export type Forwarded = { readonly url: string; readonly tookMs: number } & (
	| {
			readonly status: number;
			readonly reason: string;
			/** Without those of the connection. */
			readonly rawHeaders: readonly string[];
			readonly body: Uint8Array;
	  }
	/** A sentence. */
	| { readonly failure: string }
);
