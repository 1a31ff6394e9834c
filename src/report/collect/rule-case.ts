import type { Evidence, RuleRecord, RuleVerdict } from '../../model/rule-record.ts';
import type { Case, CaseVerdict } from '../run-report.ts';
import type { Mask } from '../safe/mask.ts';
import { maskedOutcome, maskedSent } from '../safe/masked.ts';

/** What was not decided did not pass; a report that knows no such word calls it skipped, and says why. */
const verdicts: Readonly<Record<RuleVerdict, CaseVerdict>> = {
	passed: 'passed',
	failed: 'failed',
	warned: 'warned',
	inconclusive: 'skipped',
	skipped: 'skipped',
};

/** A rule of `check` as a case of a report. @param counts a failure below the gate is worth a look, and turns nothing red */
export function ruleCase(record: RuleRecord, mask: Mask, counts: boolean): Case {
	const { rule, title, level, verdict, reason, evidence, why, hint, source, reproduce } = record;
	const undecided = verdict === 'inconclusive' ? 'not decided: ' : '';
	return {
		name: rule,
		verdict: verdict === 'failed' && !counts ? 'warned' : verdicts[verdict],
		kind: verdict === 'passed' ? '' : level,
		message: `${undecided}${mask(reason)}`,
		...(verdict === 'failed' ? { expected: title, got: mask(reason) } : {}),
		details: [title, `why: ${why}`, `fix: ${hint}`, ...(source === null ? [] : [`source: ${source}`])],
		...(reproduce === '' ? {} : { reproduce: mask(reproduce) }),
		tookMs: 0,
		deliveries: [],
		evidence: evidence.map((one) => evidenceOf(one, mask)),
	};
}

function evidenceOf({ sent, answer, before, after, ...rest }: Evidence, mask: Mask): Evidence {
	return {
		case: rest.case,
		verdict: rest.verdict,
		reason: mask(rest.reason),
		...(sent === undefined ? {} : { sent: maskedSent(sent, mask) }),
		...(answer === undefined ? {} : { answer: maskedOutcome(answer, mask) }),
		...(before === undefined ? {} : { before: mask(before) }),
		...(after === undefined ? {} : { after: mask(after) }),
	};
}
