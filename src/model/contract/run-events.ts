import type { Schedule } from './catalogue.ts';
import type { Outcome, SentRequest } from './exchange.ts';

/** The events of a run as `--json` has them: one contract for the command line and for programs. */

/**
 * 0 as expected, 1 the receiver failed, 2 problem, 3 never connected, 70 bug, 130/143 signal; 129
 * where the terminal was closed while something was asked.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 70 | 129 | 130 | 143;

/** Why a delivery ended. */
export type Why = 'acknowledged' | 'gave-up' | 'never-reached' | 'interrupted' | 'refused-target';

/** The user's own credentials, the simulator's public ones, or none. */
export type CredentialsUsed = 'simulator' | 'own' | 'none';

interface OfRun {
	readonly v: 1;
	readonly run: string;
}
interface OfDelivery extends OfRun {
	/** From 1. */
	readonly delivery: number;
	/** In a run of scenarios: its name, and the number of the step. */
	readonly scenario?: string | undefined;
	readonly step?: number | undefined;
}

/** What a receiver may know an order by; what the message does not carry is not there. */
export interface OrderShown {
	readonly reference?: string | undefined;
	/** The provider's own. */
	readonly id?: string | undefined;
	readonly amount?: string | undefined;
	/** ISO 4217. */
	readonly currency?: string | undefined;
	/** The outcome, in the provider's word where it has one. */
	readonly status?: string | undefined;
}

export interface StartedEvent extends OfDelivery {
	readonly type: 'started';
	/** `<provider>/<event>` */
	readonly event: string;
	readonly options: readonly string[];
	readonly target: string;
	/** Not there where raw bytes are sent: what they say is not read. */
	readonly order?: OrderShown | undefined;
	readonly schedule: Schedule;
	readonly credentials: CredentialsUsed;
	/** Broken on purpose: `tamper`, `unsigned`, `wrong-key`. */
	readonly faults?: readonly string[] | undefined;
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
	readonly reason?: string | undefined;
	readonly warnings?: readonly string[] | undefined;
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
	/** Of `refused-target`: the address that was refused. */
	readonly detail?: string | undefined;
}

export interface ScenarioEvent extends OfRun {
	readonly type: 'scenario';
	readonly scenario: string;
	readonly title: string;
	readonly file: string;
	readonly line: number;
	/** Wall time, ISO 8601. */
	readonly at: string;
}
/** One thing that was not as a step expects it. */
export interface StepFailure {
	/**
	 * `status`, `body`, `header`, `within`, `attempts`, `acknowledged`, `unreached`, `probe`,
	 * `problem`, `interrupted`.
	 */
	readonly kind: string;
	readonly expected: string;
	readonly got: string;
}
/** A step was judged, its probes included. The events of its deliveries came before it. */
export interface StepEvent extends OfRun {
	readonly type: 'step';
	readonly scenario: string;
	/** From 1, in the order in which the steps are written. */
	readonly step: number;
	/** From 1 where the step, or a group around it, is repeated. */
	readonly iteration?: number | undefined;
	readonly name: string;
	readonly event: string;
	readonly passed: boolean;
	/** What the step expects, and what came; of a failed step what was not as expected. */
	readonly expected: string;
	readonly got: string;
	readonly failures: readonly StepFailure[];
	readonly file: string;
	readonly line: number;
	/** Numbers of its deliveries. */
	readonly deliveries: readonly number[];
	/** Provider time from the start of the scenario to the first attempt, milliseconds. */
	readonly startsAtMs: number;
	/** Wall time, milliseconds. */
	readonly tookMs: number;
	/** The `callsim fire` line that sends the same; of a call the `curl`; of what is paid none. */
	readonly reproduce: string;
}
/** A step that `bail` or an interruption kept from being tried. */
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
	/** Deliveries that `bail` or an interruption kept from starting. */
	readonly skipped?: number | undefined;
	/** Of a `run`. */
	readonly scenarios?: Tally | undefined;
	readonly steps?: Tally | undefined;
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
