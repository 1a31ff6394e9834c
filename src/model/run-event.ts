import type { Outcome } from './outcome.ts';
import type { Header } from './request.ts';
import type { Schedule } from './schedule.ts';

/** Why a delivery ended. */
export type Why = 'acknowledged' | 'gave-up' | 'never-reached' | 'interrupted' | 'refused-target';

/** What an attempt put on the wire, with credentials masked where they are the user's own. */
export interface SentRequest {
	readonly method: string;
	readonly url: string;
	readonly headers: readonly Header[];
	readonly body: Uint8Array | undefined;
}

/** Which step of which scenario a delivery belongs to, in a `run`. */
interface OfStep {
	readonly scenario?: string | undefined;
	/** From 1, in the order in which the scenario's steps are written. */
	readonly step?: number | undefined;
}

/** One thing that was not as a step expects it. */
export interface StepFailure {
	/** `status`, `body`, `header`, `within`, `attempts`, `acknowledged`, `unreached`, `probe`, `problem`, `interrupted`. */
	readonly kind: string;
	readonly expected: string;
	readonly got: string;
}

/** What every command consumes: one stream, many reports. Times in milliseconds; `offsetMs` is provider time. */
export type RunEvent =
	| (OfStep & {
			readonly type: 'started';
			readonly run: string;
			readonly delivery: number;
			readonly event: string;
			readonly options: readonly string[];
			readonly target: string;
			readonly schedule: Schedule;
			readonly credentials: 'simulator' | 'own' | 'none';
			/** `tamper`, `unsigned`, `wrong-key`: broken on purpose. */
			readonly faults: readonly string[];
	  })
	| (OfStep & {
			readonly type: 'attempt';
			readonly run: string;
			readonly delivery: number;
			readonly attempt: number;
			readonly offsetMs: number;
			/** Epoch milliseconds, wall time. */
			readonly at: number;
			readonly request: SentRequest;
			readonly outcome: Outcome;
			readonly acknowledged: boolean;
			readonly reason?: string | undefined;
			readonly warnings: readonly string[];
	  })
	| (OfStep & {
			readonly type: 'waiting';
			readonly run: string;
			readonly delivery: number;
			readonly attempt: number;
			readonly offsetMs: number;
			readonly waitMs: number;
	  })
	| (OfStep & {
			readonly type: 'finished';
			readonly run: string;
			readonly delivery: number;
			readonly event: string;
			readonly acknowledged: boolean;
			readonly attempts: number;
			readonly lastStatus: number | null;
			readonly why: Why;
			/** Set for `refused-target`: the address that was refused. */
			readonly detail?: string | undefined;
	  })
	| {
			/** A scenario begins. */
			readonly type: 'scenario';
			readonly run: string;
			readonly scenario: string;
			readonly title: string;
			readonly file: string;
			readonly line: number;
			/** Epoch milliseconds, wall time. */
			readonly at: number;
	  }
	| {
			/** A step was judged, its probes included. Its deliveries' events came before it. */
			readonly type: 'step';
			readonly run: string;
			readonly scenario: string;
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
			/** Provider time from the start of the scenario to the first attempt. */
			readonly startsAtMs: number;
			/** Wall time. */
			readonly tookMs: number;
			/** The command line that sends the same. */
			readonly reproduce: string;
	  }
	| {
			/** A step that `--bail` or an interruption kept from being tried. */
			readonly type: 'step-skipped';
			readonly run: string;
			readonly scenario: string;
			readonly title: string;
			readonly step: number;
			readonly name: string;
			readonly event: string;
			readonly file: string;
			readonly line: number;
			readonly why: string;
	  }
	| {
			readonly type: 'scenario-finished';
			readonly run: string;
			readonly scenario: string;
			readonly passed: boolean;
			/** Steps that `--bail` or an interruption kept from being tried. */
			readonly skipped: number;
			readonly tookMs: number;
	  }
	| {
			readonly type: 'summary';
			readonly run: string;
			readonly deliveries: number;
			readonly acknowledged: number;
			/** Deliveries that --bail or an interruption kept from starting. */
			readonly skipped: number;
			/** Of a `run`. */
			readonly scenarios?: Tally | undefined;
			readonly steps?: Tally | undefined;
			readonly exitCode: ExitCode;
	  };

export interface Tally {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}

/** Part of the public contract: 0 as expected, 1 receiver failed, 2 problem, 3 never connected, 70 bug, 130/143 signals. */
export type ExitCode = 0 | 1 | 2 | 3 | 70 | 130 | 143;
