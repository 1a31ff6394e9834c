import type { ReceivedEvent } from './callback.ts';
import type { Schedule } from './catalogue.ts';
import type { RuleCounts, RuleResult } from './check.ts';
import type { Body, Outcome } from './exchange.ts';
import type { OrderShown, Why } from './run-events.ts';

/** `history --json`, newest first. */
export type HistoryLine = KeptDelivery | KeptArrival | KeptCheck;

/** What `listen` heard. */
export type KeptArrival = ReceivedEvent & { readonly run: string; readonly id: string };

/** What `check` came to. */
export interface KeptCheck extends RuleCounts {
	readonly v: 1;
	readonly type: 'checked';
	/** For `history --show`. */
	readonly id: string;
	readonly at: string;
	readonly run: string;
	readonly provider: string;
	readonly target: string;
	readonly exitCode: number;
}

/** `history --show <id> --json` of a check. */
export interface ShownCheck extends KeptCheck {
	/** The rules that did not hold. */
	readonly results: readonly RuleResult[];
}

/** A delivery. */
export interface KeptDelivery {
	readonly v: 1;
	readonly type: 'kept' | 'kept-whole';
	/** For `replay`, `resume` and `history --show`. */
	readonly id: string;
	/** Wall time, ISO 8601. */
	readonly at: string;
	readonly run: string;
	readonly delivery: number;
	/** `fire`, `replay`, `run` */
	readonly command: string;
	readonly event: string;
	readonly options: readonly string[];
	readonly target: string;
	readonly order?: OrderShown | undefined;
	readonly scenario?: string | undefined;
	readonly step?: number | undefined;
	/** `not-sent`: the run ended before; `cut-off`: `resume` goes on; `under-way`: at this moment. */
	readonly state: Why | 'not-sent' | 'cut-off' | 'under-way';
	readonly attempts: number;
	readonly lastStatus: number | null;
}

/** `history --show <id> --json` */
export interface ShownDelivery extends KeptDelivery {
	/** Behind `callsim fire`. */
	readonly words: readonly string[];
	readonly schedule: Schedule;
	readonly request: { readonly method: string; readonly url: string } & (
		| Body
		| { readonly body: null }
	);
	readonly exchanges: readonly {
		readonly attempt: number;
		readonly offsetMs: number;
		readonly at: string;
		/** Of the request, as it went out. */
		readonly headers: Readonly<Record<string, string>>;
		readonly outcome: Outcome;
		readonly acknowledged: boolean;
		readonly reason?: string | undefined;
	}[];
	/** The number of an attempt whose outcome is not known. */
	readonly inFlight?: number | undefined;
}
