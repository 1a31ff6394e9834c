import type { ReceivedEvent } from '../model/contract/callback.ts';
import type { Schedule } from '../model/contract/catalogue.ts';
import type { RuleCounts, RuleResult } from '../model/contract/check.ts';
import type { Body, Outcome } from '../model/contract/exchange.ts';
import type { OrderShown, Why } from '../model/contract/run-events.ts';
import type { Value } from '../model/value.ts';

/**
 * What the journal keeps, a record a line. Credentials by name only: what was masked on its way
 * here is told by `masked`, and has to be composed again.
 */
export const journalVersion = 1;

interface Kept {
	readonly v: typeof journalVersion;
	/** Wall time, ISO 8601. */
	readonly at: string;
	readonly run: string;
}
interface OfDelivery extends Kept {
	readonly delivery: number;
}

/** A process, told from a later one of the same number. */
export interface ProcessMark {
	readonly pid: number;
	/** When it started, in the system's own count; null where the system does not say. */
	readonly started: string | null;
}

export interface RunRecord extends Kept {
	readonly type: 'run';
	readonly command: string;
	readonly title: string;
	readonly cwd: string;
	readonly process: ProcessMark;
	readonly version: string;
}
/** Somebody goes on with a run that was cut off. */
export interface ResumedRecord extends Kept {
	readonly type: 'resumed';
	readonly process: ProcessMark;
}
export interface DeliveryRecord extends OfDelivery {
	readonly type: 'delivery';
	readonly event: string;
	readonly options: readonly string[];
	readonly target: string;
	readonly order?: OrderShown | undefined;
	/** Path → value of the ids that stay over the order's life, or over this attempt at paying it. */
	readonly ids: Readonly<Record<string, Value>>;
	readonly request: { readonly method: string; readonly url: string } & (Body | { body: null });
	readonly masked?: true | undefined;
	readonly schedule: Schedule;
	/** What was said of it, as words of a command line that leads to it again. */
	readonly words: readonly string[];
	readonly scenario?: string | undefined;
	readonly step?: number | undefined;
}
/** An attempt is about to be made: without its `attempt` record nobody knows whether it arrived. */
export interface TryingRecord extends OfDelivery {
	readonly type: 'trying';
	readonly attempt: number;
	readonly offsetMs: number;
}
export interface AttemptRecord extends OfDelivery {
	readonly type: 'attempt';
	readonly attempt: number;
	readonly offsetMs: number;
	/** As it went out, with credentials masked. */
	readonly headers: Readonly<Record<string, string>>;
	readonly outcome: Outcome;
	readonly acknowledged: boolean;
	readonly reason?: string | undefined;
}
export interface WaitingRecord extends OfDelivery {
	readonly type: 'waiting';
	readonly attempt: number;
	readonly offsetMs: number;
	readonly waitMs: number;
}
export interface FinishedRecord extends OfDelivery {
	readonly type: 'finished';
	readonly why: Why;
}
export interface SummaryRecord extends Kept {
	readonly type: 'summary';
	readonly exitCode: number;
}
/** What `listen` heard. */
export interface ReceivedRecord extends Kept, Omit<ReceivedEvent, 'v' | 'at'> {}
/** What `check` came to, with the rules that did not hold. */
export interface CheckedRecord extends Kept {
	readonly type: 'checked';
	readonly provider: string;
	readonly target: string;
	readonly counts: RuleCounts;
	readonly rules: readonly RuleResult[];
	readonly exitCode: number;
}
export interface PrunedRecord extends Omit<Kept, 'run'> {
	readonly type: 'pruned';
	readonly files: number;
	readonly bytes: number;
}

export type JournalRecord =
	| RunRecord
	| ResumedRecord
	| DeliveryRecord
	| TryingRecord
	| AttemptRecord
	| WaitingRecord
	| FinishedRecord
	| SummaryRecord
	| ReceivedRecord
	| CheckedRecord
	| PrunedRecord;
