import type { Readable } from 'node:stream';
import type { Clock, Random } from '../model/clock.ts';
import type { ComposedRequest } from '../model/request.ts';
import type { Secret } from '../model/secret.ts';
import type { CredentialSource } from '../model/settings.ts';

/** What the engine touches of the outside, handed in by the command line or by a program. */
export interface EngineContext {
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Where relative paths begin. */
	readonly cwd: string;
	/** Behind `-`. */
	readonly stdin: Readable & { readonly isTTY?: boolean };
	readonly clock: Clock;
	readonly random: Random;
	/** Aborted, with an `Interruption`, by a first signal; caught from the first call on. */
	interruption(): AbortSignal;
	/** Told of every callback before an attempt at it leaves. */
	sending?(request: ComposedRequest): void;
	/** Of callsim. */
	readonly version: string;
	/** The packed index of built-in providers. */
	readonly cataloguePath: string;
	/** Where the project file says that a credential lies. */
	projectCredential?(provider: string, name: string): CredentialSource | undefined;
	/** Tells something that is no result, in a line. */
	note(text: string): void;
	/** Told of every credential as soon as it is known, of those of headers as well. */
	learn(secrets: readonly Secret[]): void;
	/** Keys that others can read, and what is said of it where one is used. */
	readonly exposed?: Map<string, string>;
	/** A text without the own credentials among them. */
	readonly mask: (text: string) => string;
}

/** A context in which a part is another; what nobody asks for is not touched. */
export function within<C extends EngineContext>(context: C, other: Partial<C>): C {
	return Object.create(context, Object.getOwnPropertyDescriptors(other)) as C;
}
