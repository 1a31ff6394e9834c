import type * as contract from './contract/run-events.ts';
import type { Outcome } from './outcome.ts';
import type { Header } from './request.ts';
import type { Schedule } from './schedule.ts';

export type { ExitCode, StepFailure, Tally, Why } from './contract/run-events.ts';

/** What an attempt put on the wire, with credentials masked where they are the user's own. */
export interface SentRequest {
	readonly method: string;
	readonly url: string;
	readonly headers: readonly Header[];
	readonly body: Uint8Array | undefined;
}

type Without<T, K extends PropertyKey = never> = Omit<T, 'v' | K>;

/**
 * What every command consumes: one stream, many reports. The events of the public contract, with
 * bytes where JSON has text and epoch milliseconds where it has a date.
 */
export type RunEvent =
	| (Without<contract.StartedEvent, 'schedule' | 'faults'> & {
			readonly schedule: Schedule;
			readonly faults: readonly string[];
	  })
	| (Without<contract.AttemptEvent, 'at' | 'request' | 'outcome' | 'warnings'> & {
			readonly at: number;
			readonly request: SentRequest;
			readonly outcome: Outcome;
			readonly warnings: readonly string[];
	  })
	| Without<contract.WaitingEvent>
	| Without<contract.FinishedEvent>
	| (Without<contract.ScenarioEvent, 'at'> & { readonly at: number })
	| Without<contract.StepEvent>
	| Without<contract.StepSkippedEvent>
	| Without<contract.ScenarioFinishedEvent>
	| (Without<contract.SummaryEvent, 'skipped'> & { readonly skipped: number });

/** The event of one type: `OfType<'step'>`. */
export type OfType<T extends RunEvent['type']> = Extract<RunEvent, { readonly type: T }>;
