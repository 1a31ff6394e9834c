import type { Millis } from './duration.ts';
import type { Secret } from './secret.ts';
import type { Value } from './value.ts';
import type { Say } from './words.ts';

/**
 * Everything that can be said of a callback and its delivery, whoever says it: the command line, a
 * scenario, the project file, a program. Each builds it with a parser of its own; absent means: not
 * said here.
 */

/** A text takes the JSON type that stands there now; JSON brings its own. */
export interface Assignment {
	readonly path: string;
	readonly value:
		| { readonly kind: 'text'; readonly text: string }
		| { readonly kind: 'json'; readonly json: Value };
}

/** Where a value lies that must not be written down. */
export type Reference =
	| { readonly kind: 'env'; readonly variable: string }
	| { readonly kind: 'file'; readonly path: string };

/** A reference is sent and never shown, nor a text made of one, or in a header for keys. */
export interface HeaderSetting {
	readonly name: string;
	readonly value:
		| Reference
		| { readonly kind: 'text'; readonly text: string; readonly isMasked?: boolean | undefined };
}

export type CredentialSource = Reference | { readonly kind: 'value'; readonly secret: Secret };

export interface CredentialSetting {
	/** Undefined where the name alone says which is meant. */
	readonly provider: string | undefined;
	readonly name: string;
	readonly source: CredentialSource;
}

export type BodySource =
	| { readonly kind: 'file'; readonly path: string }
	| { readonly kind: 'stdin' }
	| { readonly kind: 'text'; readonly text: string };

export type RawBodySource =
	| { readonly kind: 'file'; readonly path: string }
	| { readonly kind: 'stdin' }
	| { readonly kind: 'bytes'; readonly bytes: Uint8Array };

/** The provider's own schedule, or another: attempts and the pause between, or every pause. */
export type Retry = { readonly kind: 'provider' } | OwnRetry;
export type OwnRetry =
	| { readonly kind: 'none' }
	| { readonly kind: 'attempts'; readonly attempts: number; readonly pause: Millis }
	| { readonly kind: 'pauses'; readonly pauses: readonly Millis[] };

/** How a callback differs from the sample. */
export interface ShapingSettings {
	readonly ref?: string | undefined;
	readonly amount?: string | undefined;
	readonly set?: readonly Assignment[] | undefined;
	readonly add?: readonly Assignment[] | undefined;
	readonly unset?: readonly string[] | undefined;
	readonly body?: BodySource | undefined;
	readonly rawBody?: RawBodySource | undefined;
	readonly variants?: readonly string[] | undefined;
	readonly encoding?: string | undefined;
	readonly auth?: string | undefined;
	readonly fresh?: boolean | undefined;
	/** The ids of another attempt at paying the same order. */
	readonly newAttempt?: boolean | undefined;
	/** A whole number, in decimal digits. */
	readonly seed?: string | undefined;
	/** Epoch milliseconds. */
	readonly now?: number | undefined;
	readonly tamper?: readonly Assignment[] | undefined;
	readonly unsigned?: boolean | undefined;
	readonly wrongKey?: boolean | undefined;
	readonly credentials?: readonly CredentialSetting[] | undefined;
	readonly headers?: readonly HeaderSetting[] | undefined;
}

/** Those that a program writes as they are here. */
export const plainShaping = [
	'ref',
	'unset',
	'encoding',
	'auth',
	'fresh',
	'newAttempt',
	'unsigned',
	'wrongKey',
] as const;

/** How a target is reached, and what may be: that of a callback, and pages that tell of orders. */
export interface ReachSettings {
	/** Addresses of names, instead of a name server: `shop.test` or `shop.test:443` → `127.0.0.1`. */
	readonly resolve?: Readonly<Record<string, string>> | undefined;
	readonly insecure?: boolean | undefined;
	readonly allowRemote?: boolean | undefined;
}

/** Those that a program writes as they are here: all. */
export const plainReach = [
	'resolve',
	'insecure',
	'allowRemote',
] as const satisfies readonly (keyof ReachSettings)[];

/** Where it goes, and how. */
export interface DeliverySettings extends ReachSettings {
	readonly to?: URL | undefined;
	readonly returnTo?: URL | undefined;
	readonly retry?: Retry | undefined;
	/** How many times faster than the provider time passes; Infinity for no waiting at all. */
	readonly speed?: number | undefined;
	readonly timeout?: Millis | undefined;
	readonly delay?: Millis | undefined;
	readonly duplicate?: number | undefined;
	readonly waitFor?: Millis | undefined;
	readonly bail?: boolean | undefined;
}

/** What is read beside the command line: a line that repeats a run has to name it again. */
export interface ReadSettings {
	/** A folder of providers. */
	readonly providers?: string | undefined;
	/** The project file, instead of the nearest. */
	readonly config?: string | undefined;
	readonly envFile?: string | undefined;
}

/** Of these, layers say more: lists one behind the other, names of a map one by one. */
export const addingUp = [
	'set',
	'add',
	'unset',
	'tamper',
	'headers',
	'variants',
	'credentials',
	'resolve',
] as const satisfies readonly (keyof (ShapingSettings & ReachSettings))[];

export interface Settings extends ShapingSettings, DeliverySettings, ReadSettings {}

/** Prints the `fire` that means the same, safe to be shown. */
export type PrintFire = (events: readonly string[], settings: Settings) => string;

/** Who started a run: how a line that repeats a part is printed, and what settings are called. */
export interface Shell {
	readonly print: PrintFire;
	readonly say: Say;
}
