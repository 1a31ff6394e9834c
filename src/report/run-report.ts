import type {
	Broken,
	ReportedCase,
	ReportedDelivery,
	ReportedSuite,
	RunDocument,
} from '../model/contract/document.ts';
import type { Evidence } from '../model/rule-record.ts';
import type { OfType } from '../model/run-event.ts';

export type { Broken, CaseVerdict } from '../model/contract/document.ts';

/** The public document's case, with what was sent and answered as bytes. */
export type Case = ReportedCase<Evidence>;

export interface Suite extends Omit<ReportedSuite, 'startedAt' | 'verdict' | 'cases'> {
	/** Epoch milliseconds. */
	readonly startedAt: number;
	readonly cases: readonly Case[];
}

export type ReportedAttempt = Omit<OfType<'attempt'>, 'type' | 'run'>;

/** A delivery and its attempts; `outcome` is masked, and so is what `request` shows. */
export interface CollectedDelivery
	extends Omit<ReportedDelivery, 'faults' | 'schedule' | 'attempts'> {
	readonly faults: readonly string[];
	readonly schedule: OfType<'started'>['schedule'];
	readonly attempts: readonly ReportedAttempt[];
}

/**
 * What happened in a run, collected for the reports that are written at its end: JUnit, TAP,
 * GitHub, HAR, JSON, HTML. Every text in it that a receiver or a user had a hand in is masked
 * already; escaping is the work of each report.
 */
export interface RunReport
	extends Pick<RunDocument, 'version' | 'command' | 'title' | 'run' | 'exitCode'> {
	/** Epoch milliseconds, wall time. */
	readonly startedAt: number;
	readonly endedAt: number;
	/** As it was given, its reports left out. */
	readonly commandLine?: string | undefined;
	readonly broken?: Broken | undefined;
	readonly suites: readonly Suite[];
	readonly deliveries: readonly CollectedDelivery[];
}
