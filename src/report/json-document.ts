import { outcomeJson, requestJson, scheduleJson } from './ndjson.ts';
import type { Case, CaseEvidence, DeliveryRecord, RunReport, Suite } from './run-report.ts';
import { tallyOf, verdictOf } from './tally.ts';

/**
 * A run as one document, in the words of `--json` (version 1 of the contract). Absent fields are undefined, and gone
 * once it is written.
 *
 * Texts are as they came: whoever writes the object must do it with `safeJson`.
 */
export function jsonDocument(report: RunReport): object {
	const { version, command, title, run, startedAt, endedAt, exitCode, broken, suites, deliveries } = report;
	return {
		v: 1,
		tool: 'callsim',
		version,
		command,
		title,
		run,
		startedAt: iso(startedAt),
		endedAt: iso(endedAt),
		exitCode,
		broken,
		totals: {
			suites: suites.length,
			...tallyOf(suites),
			deliveries: deliveries.length,
			acknowledged: deliveries.filter(({ finished }) => finished?.acknowledged === true).length,
		},
		suites: suites.map(suiteJson),
		deliveries: deliveries.map(deliveryJson),
	};
}

function suiteJson(suite: Suite): object {
	const { name, file, line, startedAt, tookMs, cases } = suite;
	return { name, file, line, startedAt: iso(startedAt), tookMs, verdict: verdictOf(suite), cases: cases.map(caseJson) };
}

function caseJson(one: Case): object {
	return { ...one, evidence: one.evidence.map(evidenceJson) };
}

function evidenceJson({ sent, answer, ...rest }: CaseEvidence): object {
	return {
		...rest,
		sent: sent === undefined ? undefined : requestJson(sent, asItIs),
		answer: answer === undefined ? undefined : outcomeJson(answer, asItIs),
	};
}

function deliveryJson(record: DeliveryRecord): object {
	return {
		...record,
		faults: record.faults.length === 0 ? undefined : record.faults,
		schedule: scheduleJson(record.schedule),
		attempts: record.attempts.map(attemptJson),
	};
}

function attemptJson(attempt: DeliveryRecord['attempts'][number]): object {
	return {
		...attempt,
		at: iso(attempt.at),
		request: requestJson(attempt.request, asItIs),
		outcome: outcomeJson(attempt.outcome, asItIs),
		warnings: attempt.warnings.length === 0 ? undefined : attempt.warnings,
	};
}

/** A report is masked before it gets here. */
const asItIs = (text: string): string => text;

const iso = (ms: number): string => new Date(ms).toISOString();
