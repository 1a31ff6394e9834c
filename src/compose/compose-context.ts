import type { Random } from '../model/clock.ts';
import type { Header } from '../model/request.ts';
import type { Credentials } from './credentials.ts';

/** Everything from outside that composing needs. */
export interface ComposeContext {
	readonly target: URL;
	/** Where browser messages go; the target where it is not given. */
	readonly returnTo?: URL | undefined;
	readonly credentials: Credentials;
	/** Epoch milliseconds, read once: all fresh values agree on it. */
	readonly now: number;
	readonly random: Random;
	readonly userAgent: string;
	readonly headers?: readonly Header[] | undefined;
}
