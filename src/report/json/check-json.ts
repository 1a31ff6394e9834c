import type * as contract from '../../model/contract/check.ts';
import type { Evidence, RuleInfo, RuleRecord } from '../../model/rule-record.ts';
import { safeJson } from '../safe/escape.ts';
import type { Mask } from '../safe/mask.ts';
import { outcomeJson, requestJson } from './exchange-json.ts';

/** More of a body would make ten megabytes of evidence. */
const mostOfBody = 4_096;

/** One rule as one line of the public contract. */
export function ruleJson(record: RuleRecord, run: string, mask: Mask): string {
	return line({ v: 1, type: 'rule', run, ...ruleResult(record, mask) });
}

/** The same as an object, for programs. */
export function ruleResult(record: RuleRecord, mask: Mask): contract.RuleResult {
	const { rule, title, level, verdict, reason, evidence, hint, why, source, reproduce } = record;
	return {
		rule,
		title,
		level,
		verdict,
		reason: mask(reason),
		evidence: evidence.map((one) => evidenceJson(one, mask)),
		hint,
		why,
		source,
		reproduce: mask(reproduce),
	};
}

export function summaryJson(summary: Omit<contract.CheckSummary, 'v' | 'type'>): string {
	return line({ v: 1, type: 'summary', ...summary });
}

/** `check --list --json`: one document. */
export function rulesJson(rules: readonly RuleInfo[]): string {
	return line({
		v: 1,
		rules: rules.map(({ id, title, level, providers, why, hint, source, slow }) => ({
			rule: id,
			title,
			level,
			providers: providers ?? null,
			why,
			hint,
			source,
			slow: slow === true,
		})),
	});
}

const line = (value: contract.RuleEvent | contract.CheckSummary | contract.RuleListing): string =>
	`${safeJson(value)}\n`;

function evidenceJson(evidence: Evidence, mask: Mask): contract.RuleEvidence {
	const { case: about, verdict, reason, sent, answer, before, after, log } = evidence;
	return {
		case: about,
		verdict,
		reason: mask(reason),
		sent: sent === undefined ? undefined : requestJson(sent, mask, mostOfBody),
		answer: answer === undefined ? undefined : outcomeJson(answer, mask, mostOfBody),
		before: before === undefined ? undefined : mask(before).slice(0, mostOfBody),
		after: after === undefined ? undefined : mask(after).slice(0, mostOfBody),
		log: log === undefined ? undefined : mask(log),
	};
}
