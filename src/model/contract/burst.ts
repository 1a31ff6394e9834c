import type { ExitCode } from './run-events.ts';

/** Of answers, milliseconds: from when a callback was due, or sent where there is no rate. */
export interface LatencyMs {
	readonly p50: number;
	readonly p90: number;
	readonly p99: number;
	readonly max: number;
}

interface BurstCounts {
	/** Callbacks of which an attempt was made: acknowledged, refused and failed ones together. */
	readonly sent: number;
	readonly acknowledged: number;
	/** Answered, and not as the provider wants it. */
	readonly refused: number;
	/** Without a whole answer. */
	readonly failed: number;
	/** Requests that were made of them: one each, and those of the schedule. */
	readonly attempts: number;
	/** Of the attempts: those that had a whole answer. */
	readonly answers: number;
}

/** Once a second. */
export interface BurstProgressEvent extends BurstCounts {
	readonly v: 1;
	readonly type: 'progress';
	readonly run: string;
	/** Under way, or waiting for the next attempt; not counted as sent yet. */
	readonly open: number;
	readonly tookMs: number;
}

export interface BurstSummaryEvent extends BurstCounts {
	readonly v: 1;
	readonly type: 'summary';
	readonly run: string;
	/** What the shares of the mix are of. */
	readonly events: readonly string[];
	readonly target: string;
	/** Makes the same callbacks again, with `now`. */
	readonly seed: string;
	/** ISO 8601. */
	readonly now: string;
	/** Asked for, and not begun because the burst was stopped. */
	readonly notSent: number;
	/** Digest challenges that were answered: a request each beside the attempts. */
	readonly challenges: number;
	/** Of those not acknowledged: how they ended, and how many. */
	readonly endings: Readonly<Record<string, number>>;
	/** Answers a second. */
	readonly perSecond: number;
	/** Of what was answered; null where nothing was. */
	readonly latencyMs: LatencyMs | null;
	/** Answers a second over the run, each of a span of `spanMs`. */
	readonly throughput: { readonly spanMs: number; readonly perSecond: readonly number[] };
	readonly tookMs: number;
	readonly exitCode: ExitCode;
}

/** A burst as one document: `--report json`. */
export interface BurstDocument extends Omit<BurstSummaryEvent, 'type'> {
	readonly tool: 'callsim';
	readonly version: string;
	readonly command: 'burst';
	/** What was asked for: `burst bayarcash/transaction-success`. */
	readonly title: string;
	/** As it was given, its reports left out. */
	readonly commandLine: string;
	/** Wall time, ISO 8601. */
	readonly startedAt: string;
	readonly endedAt: string;
	/** Where the references of those not acknowledged are; absent where there are none. */
	readonly unacknowledgedFile?: string | undefined;
}

export type BurstEvent = BurstProgressEvent | BurstSummaryEvent;
