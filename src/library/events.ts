/** The events of a run as `--json` has them: one contract for the command line and for programs. */

export type Trust = 'documented' | 'observed' | 'assumed';

/** Part of the contract: 0 as expected, 1 the receiver failed, 2 a problem, 3 no attempt ever connected. */
export type ExitCode = 0 | 1 | 2 | 3 | 70 | 130 | 143;

/** A body: text where it is UTF-8, base64 where it is not; `truncated` past 64 KiB. */
export type Body = ({ readonly body: string } | { readonly bodyBase64: string }) & { readonly truncated?: true };

export type SentRequest = {
	readonly method: string;
	readonly url: string;
	/** Lower-case names; a user's own credentials are masked. */
	readonly headers: Readonly<Record<string, string>>;
} & Body;

/** What came back from one attempt; `tookMs` is wall time in milliseconds. */
export type Outcome =
	| ({
			readonly kind: 'answered';
			readonly status: number;
			readonly headers: Readonly<Record<string, string | readonly string[]>>;
			readonly tookMs: number;
	  } & Body)
	| { readonly kind: 'timed-out'; readonly phase: 'connect' | 'headers' | 'body'; readonly tookMs: number }
	| {
			readonly kind: 'unreachable';
			readonly cause: 'refused' | 'name-not-found' | 'no-route' | 'tls';
			readonly detail: string;
			readonly tookMs: number;
	  }
	| {
			readonly kind: 'broken';
			readonly cause: 'reset' | 'malformed' | 'closed';
			readonly detail: string;
			readonly tookMs: number;
	  };

/** Why a delivery ended. */
export type Why = 'acknowledged' | 'gave-up' | 'never-reached' | 'interrupted' | 'refused-target';

export interface Schedule {
	readonly attempts: number;
	/** Provider time before the second, third, … attempt, milliseconds. */
	readonly pausesMs: readonly number[];
	readonly trust: Trust | 'chosen';
}

interface OfRun {
	readonly v: 1;
	readonly run: string;
}
interface OfDelivery extends OfRun {
	/** From 1. */
	readonly delivery: number;
	/** In a run of scenarios: its name, and the number of the step. */
	readonly scenario?: string;
	readonly step?: number;
}

export interface StartedEvent extends OfDelivery {
	readonly type: 'started';
	/** `<provider>/<event>` */
	readonly event: string;
	readonly options: readonly string[];
	readonly target: string;
	readonly schedule: Schedule;
	readonly credentials: 'simulator' | 'own' | 'none';
	/** Broken on purpose: `tamper`, `unsigned`, `wrong-key`. */
	readonly faults?: readonly string[];
}
export interface AttemptEvent extends OfDelivery {
	readonly type: 'attempt';
	/** From 1. */
	readonly attempt: number;
	/** Provider time since the first attempt, milliseconds. */
	readonly offsetMs: number;
	/** Wall time, ISO 8601. */
	readonly at: string;
	readonly request: SentRequest;
	readonly outcome: Outcome;
	readonly acknowledged: boolean;
	/** Why not. */
	readonly reason?: string;
	readonly warnings?: readonly string[];
}
export interface WaitingEvent extends OfDelivery {
	readonly type: 'waiting';
	readonly attempt: number;
	readonly offsetMs: number;
	/** Wall time until the attempt, milliseconds. */
	readonly waitMs: number;
}
export interface FinishedEvent extends OfDelivery {
	readonly type: 'finished';
	readonly event: string;
	readonly acknowledged: boolean;
	readonly attempts: number;
	readonly lastStatus: number | null;
	readonly why: Why;
	readonly detail?: string;
}
export interface ScenarioEvent extends OfRun {
	readonly type: 'scenario';
	readonly scenario: string;
	readonly title: string;
	readonly file: string;
	readonly line: number;
	readonly at: string;
}
export interface StepFailure {
	/** `status`, `body`, `header`, `within`, `attempts`, `acknowledged`, `unreached`, `probe`, `problem`, `interrupted`. */
	readonly kind: string;
	readonly expected: string;
	readonly got: string;
}
export interface StepEvent extends OfRun {
	readonly type: 'step';
	readonly scenario: string;
	/** From 1, in the order in which the steps are written. */
	readonly step: number;
	/** From 1, of a repeated step. */
	readonly iteration?: number;
	readonly name: string;
	readonly event: string;
	readonly passed: boolean;
	readonly expected: string;
	readonly got: string;
	readonly failures: readonly StepFailure[];
	readonly file: string;
	readonly line: number;
	readonly deliveries: readonly number[];
	/** Provider time since the scenario began, milliseconds. */
	readonly startsAtMs: number;
	/** Wall time, milliseconds. */
	readonly tookMs: number;
	/** The `callsim fire` line that sends the same. */
	readonly reproduce: string;
}
/** A step that `bail` kept from being tried. */
export interface StepSkippedEvent extends OfRun {
	readonly type: 'step-skipped';
	readonly scenario: string;
	readonly title: string;
	readonly step: number;
	readonly name: string;
	readonly event: string;
	readonly file: string;
	readonly line: number;
	readonly why: string;
}
export interface ScenarioFinishedEvent extends OfRun {
	readonly type: 'scenario-finished';
	readonly scenario: string;
	readonly passed: boolean;
	/** Steps that were not tried. */
	readonly skipped: number;
	readonly tookMs: number;
}
export interface Tally {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}
export interface SummaryEvent extends OfRun {
	readonly type: 'summary';
	readonly deliveries: number;
	readonly acknowledged: number;
	readonly skipped?: number;
	readonly scenarios?: Tally;
	readonly steps?: Tally;
	readonly exitCode: ExitCode;
}

export type RunEvent =
	| StartedEvent
	| AttemptEvent
	| WaitingEvent
	| FinishedEvent
	| ScenarioEvent
	| StepEvent
	| StepSkippedEvent
	| ScenarioFinishedEvent
	| SummaryEvent;
