import type * as contract from '../../model/contract/document.ts';
import { unlessEmpty } from '../../model/if-given.ts';
import type { Case, CollectedDelivery, ReportedAttempt, RunReport, Suite } from '../run-report.ts';
import { tallyOf, verdictOf } from '../tally.ts';
import { isoTime, scheduleJson } from './event-json.ts';
import { outcomeJson, requestJson } from './exchange-json.ts';

/**
 * A run as one document, in the words of `--json`; what is undefined is gone once it is written.
 * Texts are as they came: whoever writes the object must do it with `safeJson`.
 */
export function jsonDocument(report: RunReport): contract.RunDocument {
	const { version, command, title, run, startedAt, endedAt, exitCode, broken, suites, deliveries } =
		report;
	return {
		v: 1,
		tool: 'callsim',
		version,
		command,
		title,
		run,
		startedAt: isoTime(startedAt),
		endedAt: isoTime(endedAt),
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

function suiteJson(suite: Suite): contract.ReportedSuite {
	const { name, file, line, startedAt, tookMs, cases } = suite;
	const verdict = verdictOf(suite);
	return {
		name,
		file,
		line,
		startedAt: isoTime(startedAt),
		tookMs,
		verdict,
		cases: cases.map(caseJson),
	};
}

function caseJson(one: Case): contract.ReportedCase {
	const evidence = one.evidence.map(({ sent, answer, ...rest }) => ({
		...rest,
		sent: sent === undefined ? undefined : requestJson(sent, asItIs),
		answer: answer === undefined ? undefined : outcomeJson(answer, asItIs),
	}));
	return { ...one, evidence };
}

function deliveryJson(record: CollectedDelivery): contract.ReportedDelivery {
	return {
		...record,
		faults: unlessEmpty(record.faults),
		schedule: scheduleJson(record.schedule),
		attempts: record.attempts.map(attemptJson),
	};
}

function attemptJson(attempt: ReportedAttempt): contract.ReportedDelivery['attempts'][number] {
	return {
		...attempt,
		at: isoTime(attempt.at),
		request: requestJson(attempt.request, asItIs),
		outcome: outcomeJson(attempt.outcome, asItIs),
		warnings: unlessEmpty(attempt.warnings),
	};
}

/** A report is masked before it gets here. */
const asItIs = (text: string): string => text;
