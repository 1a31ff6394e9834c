import type { Attempt, Conversation } from '../delivery/attempt.ts';
import type { Clock, Random } from '../model/clock.ts';
import type { OrderPool } from '../order/pool.ts';
import type { OrderReader } from '../order/reader.ts';
import type { ComposeSettings } from './compose-settings.ts';
import type { Patience } from './patience.ts';
import type { Subject } from './subject.ts';

/** Everything that a case needs to be tried: what is proved, and the ways to the outside. */
export interface CheckContext {
	readonly subject: Subject;
	readonly settings: ComposeSettings;
	readonly orders: OrderPool;
	/** Undefined when the user gave no way to see the receiver's state. */
	readonly probe: OrderReader | undefined;
	readonly attempt: Attempt;
	readonly converse: Conversation;
	/** For one answer, in `attempt`, `converse` and the looks at orders. */
	readonly patience: Patience;
	readonly clock: Clock;
	readonly random: Random;
	/** Makes references and ids; the same seed makes the same. */
	readonly seed: string;
	readonly signal: AbortSignal | undefined;
}
