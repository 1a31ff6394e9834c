import type { Credentials } from '../compose/credentials.ts';
import type { Header } from '../model/request.ts';
import type { Assignment, PrintFire, Settings } from '../model/settings.ts';

/** What composing needs of the run; the target comes from the subject. */
export interface ComposeSettings {
	readonly target: URL;
	readonly returnTo: URL | undefined;
	readonly credentials: Credentials;
	/** One clock reading for every fresh time of the run, epoch milliseconds. */
	readonly now: number;
	readonly headers: readonly Header[];
	readonly userAgent: string;
	readonly auth: string | undefined;
	/** Fields that every callback carries beside its own. */
	readonly added: readonly Assignment[];
	/** The run's seed, for command lines that run a rule again. */
	readonly seed: string;
	/** What the user said, which a command line must repeat. */
	readonly given: Settings;
	readonly print: PrintFire;
}
