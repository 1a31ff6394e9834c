import type { Outcome } from '../model/outcome.ts';
import type { ExitCode, RunEvent, SentRequest } from '../model/run-event.ts';

/**
 * What happened in a run, collected for the reports that are written at its end: JUnit, TAP, GitHub, HAR, JSON, HTML.
 * Every text in it that a receiver or a user had a hand in is masked already; escaping is the work of each report.
 */
export interface RunReport {
	/** Of callsim. */
	readonly version: string;
	readonly command: 'fire' | 'run' | 'check';
	/** What was asked for: `check bayarcash`, `run scenarios/`. */
	readonly title: string;
	readonly run: string;
	/** Epoch milliseconds, wall time. */
	readonly startedAt: number;
	readonly endedAt: number;
	readonly exitCode: ExitCode;
	/** Why the run broke off before its end: a problem, a bug, a signal. */
	readonly broken?: Broken | undefined;
	/** One a scenario; `fire` and `check` have one. */
	readonly suites: readonly Suite[];
	readonly deliveries: readonly DeliveryRecord[];
}

export interface Suite {
	readonly name: string;
	/** Where the scenario stands, as a path from the working directory; absent for `fire` and `check`. */
	readonly file?: string | undefined;
	readonly line?: number | undefined;
	/** Epoch milliseconds. */
	readonly startedAt: number;
	readonly tookMs: number;
	readonly cases: readonly Case[];
}

/** `error`: the tool or the network, not what the receiver answered. `warned`: worth a look, fails nothing. */
export type CaseVerdict = 'passed' | 'failed' | 'error' | 'skipped' | 'warned';

/** One thing that was judged: a delivery of `fire`, a step of a scenario, a rule of `check`. */
export interface Broken {
	readonly kind: 'problem' | 'bug' | 'interrupted';
	readonly message: string;
	/** Where the file is wrong that kept it from running. */
	readonly place?: { readonly file: string; readonly line: number } | undefined;
	/** Further mistakes of that file, a line each. */
	readonly also?: readonly string[];
}

export interface Case {
	/** Unique within its suite. */
	readonly name: string;
	readonly verdict: CaseVerdict;
	/** A stable word for what went wrong: `status`, `probe`, `not-acknowledged`, a rule's level. Empty when passed. */
	readonly kind: string;
	/** One sentence. */
	readonly message: string;
	readonly expected?: string | undefined;
	readonly got?: string | undefined;
	/** More of it, a line each: every other failure, why it matters, how to mend it. */
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
	readonly evidence: readonly CaseEvidence[];
}

export interface CaseEvidence {
	readonly case: string;
	readonly verdict: string;
	readonly reason: string;
	readonly sent?: SentRequest | undefined;
	readonly answer?: Outcome | undefined;
	/** The order before and after, as JSON text. */
	readonly before?: string | undefined;
	readonly after?: string | undefined;
}

type Attempt = Omit<Extract<RunEvent, { type: 'attempt' }>, 'type' | 'run'>;
type Started = Extract<RunEvent, { type: 'started' }>;
type Finished = Extract<RunEvent, { type: 'finished' }>;

/** One delivery with all its attempts, on two clocks: provider time (`offsetMs`) and wall time (`at`). */
export interface DeliveryRecord {
	readonly delivery: number;
	/** `bayarcash/transaction-success` */
	readonly event: string;
	readonly options: readonly string[];
	readonly faults: readonly string[];
	readonly target: string;
	readonly schedule: Started['schedule'];
	/** Scenario and number of the step it belongs to, in a `run`. */
	readonly scenario?: string | undefined;
	readonly step?: number | undefined;
	/** Provider time from the start of its scenario (or of the run) to its first attempt, milliseconds. */
	readonly startsAtMs: number;
	/** In the order in which they were made; `outcome` is masked, and so is what `request` shows. */
	readonly attempts: readonly Attempt[];
	/** Absent when the run broke off first. */
	readonly finished?: Pick<Finished, 'acknowledged' | 'why' | 'lastStatus' | 'detail'> | undefined;
}
