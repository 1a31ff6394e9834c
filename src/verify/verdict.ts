import type { Credentials } from '../compose/credentials.ts';
import type { CallbackEvent, ProviderFile } from '../model/provider.ts';
import type { Search } from './explain.ts';
import type { Mistake } from './mistake.ts';
import type { Recognised } from './recognise.ts';

export interface Verdict {
	readonly genuine: boolean;
	/** The event it looks like, or null. */
	readonly event: string | null;
	readonly options: readonly string[];
	/** A stable code of what is wrong; null when genuine, or when nothing was found. */
	readonly cause: string | null;
	/** One sentence. */
	readonly explanation: string;
	readonly signature: SignatureFacts | null;
	/** The code to look for, where a mistake was named. */
	readonly mistakes: readonly Mistake[];
	readonly recognised: Recognised | undefined;
}

/** Neither genuine nor a forgery: nobody has looked. */
export const isUndecided = ({ cause }: Pick<Verdict, 'cause'>): boolean =>
	cause === 'too-many-fields' || cause === 'too-long' || cause === 'masked';

export interface SignatureFacts {
	readonly algorithm: string;
	readonly fields: readonly string[];
	/** As it has to be signed. */
	readonly canonical: string;
	readonly expected: string;
	readonly received: string | null;
	/** What was signed instead, where a mistake was named. */
	readonly mistaken?: string | undefined;
}

export interface VerdictContext {
	readonly provider: ProviderFile;
	readonly events: readonly CallbackEvent[];
	readonly credentials: Credentials;
	/** Other keys that may have been used, by name. */
	readonly otherKeys: readonly { readonly name: string; readonly text: string }[];
	/**
	 * A signature to be explained in place of the one received: that of the user's own computation.
	 */
	readonly signature?: string | undefined;
	/** Only whether it is genuine is asked: no mistake is looked for. */
	readonly unexplained?: boolean | undefined;
	/** Looks for mistakes; unless said otherwise in one go. */
	readonly search?: Search | undefined;
	/** Only readings under these options: those that the user's own computation was asked for. */
	readonly options?: readonly string[] | undefined;
}
