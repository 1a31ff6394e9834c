import type { Evidence, RuleRecord } from '../../model/rule-record.ts';
import type { Case } from '../run-report.ts';
import type { Mask } from '../safe/mask.ts';
import { maskedOutcome, maskedSent } from '../safe/masked.ts';

/** A rule of `check` as a case of a report. @param tolerance why its failure would fail nothing */
export function ruleCase(record: RuleRecord, mask: Mask, tolerance: string | undefined): Case {
	const { rule, title, level, verdict, reason, evidence, why, hint, source, reproduce } = record;
	const hasFailed = verdict === 'failed';
	return {
		name: rule,
		verdict,
		tolerated: hasFailed ? tolerance : undefined,
		kind: verdict === 'passed' ? '' : level,
		message: mask(reason),
		expected: hasFailed ? title : undefined,
		got: hasFailed ? mask(reason) : undefined,
		details: [
			title,
			`why: ${why}`,
			`fix: ${hint}`,
			...(source === null ? [] : [`source: ${source}`]),
		],
		reproduce: reproduce === '' ? undefined : mask(reproduce),
		tookMs: 0,
		deliveries: [],
		evidence: evidence.map((one) => maskedEvidence(one, mask)),
	};
}

function maskedEvidence(
	{ sent, answer, before, after, reason, ...rest }: Evidence,
	mask: Mask,
): Evidence {
	return {
		...rest,
		reason: mask(reason),
		sent: sent === undefined ? undefined : maskedSent(sent, mask),
		answer: answer === undefined ? undefined : maskedOutcome(answer, mask),
		before: before === undefined ? undefined : mask(before),
		after: after === undefined ? undefined : mask(after),
	};
}
