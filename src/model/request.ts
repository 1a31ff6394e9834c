import type { Secret } from './secret.ts';
import type { ValueObject } from './value.ts';

/** How the signature came about, for `--explain` and for `show --json`. */
export interface SignatureTrace {
	readonly algorithm: string;
	/** What is signed, in the order in which it is signed. */
	readonly fields: readonly string[];
	/** The signed text; a user's own credential stands in it as `[secret:name]`. */
	readonly canonical: string;
	/** The signature as it is sent (always true, also where the canonical text is masked). */
	readonly value: string;
	readonly into: { readonly field: string } | { readonly header: string };
	/** The fault that was asked for, if any. */
	readonly fault?: 'unsigned' | 'wrong-key' | undefined;
}

/** A header whose value may hold a credential: `value` goes on the wire, `shown` may be printed. */
export interface Header {
	readonly name: string;
	readonly value: string;
	readonly shown: string;
	/** The same value for a shell, with own credentials taken from the environment. */
	readonly shell: string;
}

/** Credentials with which a Digest challenge is answered. */
export interface DigestLogin {
	readonly username: Secret;
	readonly password: Secret;
	/** `--wrong-key` sends a password that is not right, `--unsigned` answers no challenge. */
	readonly fault?: 'unsigned' | 'wrong-key' | undefined;
}

/** How the bytes of a body go out when they do not go at once. */
export interface BodyPace {
	readonly pieces: number;
	/** Wall milliseconds between two pieces. */
	readonly pauseMs: number;
	/** Hang up after so many pieces, in the middle of the body. */
	readonly stopAfter?: number | undefined;
	/** Without a length: `transfer-encoding: chunked`. */
	readonly chunked?: boolean | undefined;
}

/** What the provider says with a callback. */
export interface Statement {
	readonly provider: string;
	/** As the provider's file calls it. */
	readonly message: string;
	readonly values: ValueObject;
}

/** Body and URL are the same on every attempt; headers that carry a time are made anew. */
export interface ComposedRequest {
	readonly method: string;
	readonly url: URL;
	/** Exactly the bytes that were signed; undefined for a GET. */
	readonly body: Uint8Array | undefined;
	/** @param now epoch milliseconds of the attempt */
	headersAt(now: number): readonly Header[];
	signatureAt(now: number): SignatureTrace | undefined;
	readonly digest: DigestLogin | undefined;
	readonly pace?: BodyPace | undefined;
	/** Undefined where no provider says it: broken on purpose, or bytes of the user's. */
	readonly states?: Statement | undefined;
}

/** As in the first line of a request: it must equal the `uri` of a Digest answer. */
export function requestTarget(url: URL): string {
	return `${url.pathname}${url.search}`;
}
