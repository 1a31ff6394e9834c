import type { BurstEvent } from '../model/contract/burst.ts';
import type { RunEvent } from '../model/contract/run-events.ts';

/** What programs say to callsim. Times are in milliseconds and say so in their names. */

/** Field → value, keeping the JSON type there; or texts as `--set` takes them, `path:=json` too. */
export type Assignments = Readonly<Record<string, unknown>> | readonly string[];

/** Credentials, providers. Nothing is read from the process: `env: process.env` hands it over. */
export interface SetupOptions {
	/** `{ secret_key: '…' }`, or `{ 'iak.api_key': '…' }`. Without: simulator keys. */
	readonly credentials?: Readonly<Record<string, string>>;
	/** Searched for `CALLSIM_<PROVIDER>_<NAME>`, and for `${env.…}` in scenarios. Default: empty. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** A folder of providers of your own. */
	readonly providers?: string;
	/** Where relative paths begin. Default: the working directory. */
	readonly cwd?: string;
}

/** How a callback differs from the sample. */
export interface ShapingOptions {
	/** The merchant's reference, whatever the provider calls it. */
	readonly ref?: string;
	readonly amount?: string | number;
	readonly set?: Assignments;
	readonly add?: Assignments;
	readonly unset?: readonly string[];
	/** Replaces all values, then signed: JSON, form or XML as text, or an object as JSON. */
	readonly body?: string | Readonly<Record<string, unknown>>;
	/** Sent as it is. */
	readonly rawBody?: string | Uint8Array;
	/** Options of any choice: `['json', 'v2']`. */
	readonly variant?: readonly string[];
	readonly encoding?: string;
	readonly auth?: string;
	/** New ids and times. */
	readonly fresh?: boolean;
	/** The ids of another attempt at paying the same order. */
	readonly newAttempt?: boolean;
	/** Makes `fresh` repeatable: the same seed means the same order, in every message. */
	readonly seed?: number;
	/** The instant of `fresh`. */
	readonly now?: Date | string;
	/** Changed after signing. */
	readonly tamper?: Assignments;
	readonly unsigned?: boolean;
	readonly wrongKey?: boolean;
	readonly headers?: Readonly<Record<string, string>>;
}

/** How your receiver is reached, and the pages that read and make its orders. */
export interface ReachOptions {
	/** In place of a name server: `{ 'shop.test': '127.0.0.1' }`, or `'shop.test:443'` alone. */
	readonly resolve?: Readonly<Record<string, string>>;
	/** Accept any TLS certificate. */
	readonly insecure?: boolean;
	/** Allow targets outside this machine and its private networks. */
	readonly allowRemote?: boolean;
}

/** How it is delivered. */
export interface DeliveryOptions extends ReachOptions {
	/** Your receiver. */
	readonly to: string | URL;
	/** Where the payer's browser comes back; default: `to`. */
	readonly returnTo?: string | URL;
	/** `provider` (default), `none`, `5x300s`, `2m,10m,30m`. */
	readonly retry?: string;
	/** How much faster provider time passes. Default: `'max'`, no waiting; on a command line 100. */
	readonly speed?: number | 'max';
	/** For one attempt, wall milliseconds; 0 = none. Default: 30,000. */
	readonly timeoutMs?: number;
	/** Identical requests at the same moment. */
	readonly duplicate?: number;
}

/** For shops whose check asks the provider. */
export interface SandboxPortOptions {
	/**
	 * Meanwhile the provider's status queries are answered on this port of this machine, truthfully
	 * about what was genuinely sent; 0 for any free one.
	 */
	readonly sandboxPort?: number;
	/** Told its address before anything is sent. */
	readonly onSandbox?: (url: string) => void;
}

/** What every call that sends something takes. */
export interface WatchOptions {
	/** Stops the call, which rejects with its reason; `onEvent` has been told what was attempted. */
	readonly signal?: AbortSignal;
	/** Told of everything as it happens. */
	readonly onEvent?: (event: RunEvent) => void;
}

/** Many different callbacks; `retry` is `none` unless said otherwise. */
export type BurstOptions = Omit<ShapingOptions, 'ref' | 'rawBody' | 'fresh'> &
	DeliveryOptions &
	SetupOptions & {
		/** Different callbacks. Default: 1,000, without end where `durationMs` is given. */
		readonly count?: number;
		/** Kept open, one request at a time on each. Default: 10. */
		readonly connections?: number;
		/** A second, or `500/s`; latency then counts from when a callback was due. */
		readonly rate?: number | string;
		/** No callback is begun after so many wall milliseconds. */
		readonly durationMs?: number;
		/** Outcomes by shares: `{ success: 8, failed: 1 }`. */
		readonly mix?: Readonly<Record<string, number>>;
		/** Share of them that is sent twice, 0 to 1. */
		readonly duplicates?: number;
		readonly shuffle?: boolean;
		/** Stops the call, which rejects with its reason. */
		readonly signal?: AbortSignal;
		/** Told once a second how far it is, and of the summary. */
		readonly onProgress?: (event: BurstEvent) => void;
	};

/** An order at the receiver's shop, as `check` and probes name it. */
export interface Order {
	readonly reference: string;
	/** As the provider writes it; empty where it has no amounts. */
	readonly amount: string;
}

/** A page of the receiver's, and headers where not everybody may ask it. */
export interface Page {
	readonly url: string;
	readonly headers?: Readonly<Record<string, string>>;
}

/** Reads an order: a URL with `{reference}`, a command, or a function; undefined: there is none. */
export type Probe = Page | { readonly command: string } | ((order: Order) => unknown);
/**
 * Makes an order: POSTed, run, or called. A shop that numbers its orders itself names this one in
 * the answer: `reference` is the JSON pointer to it; a function returns `{ reference }`.
 */
export type Setup =
	| (Page & { readonly reference?: string })
	| { readonly command: string; readonly reference?: string }
	| ((order: Order) => unknown);

export interface RunOptions
	extends SetupOptions,
		WatchOptions,
		Partial<DeliveryOptions>,
		SandboxPortOptions {
	readonly headers?: Readonly<Record<string, string>>;
	/** Scenarios whose name, or file, is one of these or holds it. */
	readonly only?: readonly string[];
	/** How state is read, for probes that do not say it. */
	readonly probe?: Probe;
	/** How an order is made, for scenarios with a `setup`. */
	readonly setup?: Setup;
	/** Opens the provider's own API too, for steps that pay: at `sandboxPort`, or any free port. */
	readonly sandbox?: boolean;
	/** Scenarios at the same time. Default: 1. */
	readonly jobs?: number;
	readonly bail?: boolean;
	/** Repeats a run. */
	readonly seed?: number;
	/** The instant of fresh times. */
	readonly now?: Date | string;
}

export interface CheckOptions extends SetupOptions, ReachOptions, SandboxPortOptions {
	readonly to: string | URL;
	readonly returnTo?: string | URL;
	readonly probe?: Probe;
	readonly setup?: Setup;
	/** Existing orders, each used once. */
	readonly orders?: readonly string[];
	/** What made-up references look like, for a shop that takes no others: `INV/{year}/{n}`. */
	readonly reference?: string;
	/** Paths of the state that say nothing. */
	readonly probeIgnore?: readonly string[];
	readonly only?: readonly string[];
	readonly skip?: readonly string[];
	readonly failOn?: 'must' | 'should';
	readonly slow?: boolean;
	readonly auth?: string;
	/** Fields that every callback carries beside its own. */
	readonly add?: Assignments;
	/** In which everything is proved. Default: what the receiver takes, the wire's own first. */
	readonly encoding?: string;
	readonly amount?: string | number;
	readonly seed?: number;
	/** How long the receiver may work after it has answered, wall milliseconds. Default: 500. */
	readonly settleMs?: number;
	/** For one answer, wall milliseconds. Default: 10,000. */
	readonly timeoutMs?: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly signal?: AbortSignal;
}
