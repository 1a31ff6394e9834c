import type { Schedule } from './catalogue.ts';
import type { RuleEvidence, RuleVerdict } from './check.ts';
import type { AttemptEvent, ExitCode, FinishedEvent } from './run-events.ts';

/** A run as one document: `--report json`. */

/** `error`: the tool or the network, not the receiver's answer. `warned`: fails nothing. */
export type CaseVerdict = RuleVerdict | 'error';

/** How many cases ended how; the six verdicts add up to `cases`. */
export interface CaseTally {
	readonly cases: number;
	readonly passed: number;
	readonly failed: number;
	/** How many of those that failed fail nothing. */
	readonly tolerated: number;
	readonly errors: number;
	readonly warned: number;
	readonly inconclusive: number;
	readonly skipped: number;
}

/** Why a run broke off before its end: a problem, a bug, a signal. */
export interface Broken {
	readonly kind: 'problem' | 'bug' | 'interrupted';
	readonly message: string;
	/** Where the file is wrong that kept it from running. */
	readonly place?: { readonly file: string; readonly line: number } | undefined;
	/** Further mistakes of that file, a line each. */
	readonly also?: readonly string[] | undefined;
}

/** One thing that was judged: a delivery of `fire`, a step of a scenario, a rule of `check`. */
export interface ReportedCase<Evidence = RuleEvidence> {
	/** Unique within its suite. */
	readonly name: string;
	readonly verdict: CaseVerdict;
	/** Of one that failed and fails nothing: why. `below --fail-on must` */
	readonly tolerated?: string | undefined;
	/** A stable word for what went wrong: `status`, `probe`, a rule's level. Empty when passed. */
	readonly kind: string;
	/** One sentence. */
	readonly message: string;
	readonly expected?: string | undefined;
	readonly got?: string | undefined;
	/** More of it, a line each: every other failure, why it matters, how to fix it. */
	readonly details: readonly string[];
	/** Where it stands in the scenario's file. */
	readonly file?: string | undefined;
	readonly line?: number | undefined;
	/** Command lines that do the same again; may have several lines. */
	readonly reproduce?: string | undefined;
	readonly tookMs: number;
	/** Numbers of the deliveries it made. */
	readonly deliveries: readonly number[];
	/** What a rule of `check` rests on; for deliveries the attempts say it. */
	readonly evidence: readonly Evidence[];
}

export interface ReportedSuite {
	readonly name: string;
	/** Where the scenario stands, from the working directory; absent for `fire` and `check`. */
	readonly file?: string | undefined;
	readonly line?: number | undefined;
	readonly startedAt: string;
	readonly tookMs: number;
	readonly verdict: CaseVerdict;
	readonly cases: readonly ReportedCase[];
}

/** A delivery with its attempts, on two clocks: provider time (`offsetMs`), wall time (`at`). */
export interface ReportedDelivery {
	readonly delivery: number;
	/** `bayarcash/transaction-success` */
	readonly event: string;
	readonly options: readonly string[];
	readonly faults?: readonly string[] | undefined;
	readonly target: string;
	readonly schedule: Schedule;
	/** Scenario and number of the step it belongs to, in a `run`. */
	readonly scenario?: string | undefined;
	readonly step?: number | undefined;
	/** Provider milliseconds from the start of its scenario, or the run, to its first attempt. */
	readonly startsAtMs: number;
	/** In the order in which they were made. */
	readonly attempts: readonly Omit<AttemptEvent, 'v' | 'type' | 'run'>[];
	/** Absent when the run broke off first. */
	readonly finished?:
		| Pick<FinishedEvent, 'acknowledged' | 'why' | 'lastStatus' | 'detail'>
		| undefined;
}

export interface RunDocument {
	readonly v: 1;
	readonly tool: 'callsim';
	readonly version: string;
	readonly command: 'fire' | 'run' | 'check';
	/** What was asked for: `check bayarcash`, `run scenarios/`. */
	readonly title: string;
	readonly run: string;
	/** Wall time, ISO 8601. */
	readonly startedAt: string;
	readonly endedAt: string;
	readonly exitCode: ExitCode;
	readonly broken?: Broken | undefined;
	readonly totals: CaseTally & {
		readonly suites: number;
		readonly deliveries: number;
		readonly acknowledged: number;
	};
	/** One a scenario; `fire` and `check` have one. */
	readonly suites: readonly ReportedSuite[];
	readonly deliveries: readonly ReportedDelivery[];
}
