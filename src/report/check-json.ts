import type { Outcome } from '../model/outcome.ts';
import type { Evidence, RuleInfo, RuleRecord } from '../model/rule-record.ts';
import type { SentRequest } from '../model/run-event.ts';
import { bodyFields } from './body.ts';
import { safeJson } from './escape.ts';
import type { Mask } from './mask.ts';
import { maskedOutcome, maskedSent } from './masked.ts';
import { headersJson, outcomeJson } from './ndjson.ts';

/** More of a body would make ten megabytes of evidence. */
const mostOfBody = 4_096;

/** One rule as one line of the public contract (version 1). */
export function ruleJson(record: RuleRecord, run: string, mask: Mask): string {
	return line({ type: 'rule', run, ...ruleEvent(record, mask) });
}

/** The same as an object, for programs. */
export function ruleEvent(record: RuleRecord, mask: Mask): object {
	const { rule, title, level, verdict, reason, evidence, hint, why, source, reproduce } = record;
	const shown = evidence.map((one) => evidenceJson(one, mask));
	return {
		rule,
		title,
		level,
		verdict,
		reason: mask(reason),
		evidence: shown,
		hint,
		why,
		source,
		reproduce: mask(reproduce),
	};
}

export function summaryJson(summary: Readonly<Record<string, unknown>>): string {
	return line({ type: 'summary', ...summary });
}

/** `check --list --json`: one document. */
export function rulesJson(rules: readonly RuleInfo[]): string {
	return `${safeJson({
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
	})}\n`;
}

const line = (value: object): string => `${safeJson({ v: 1, ...value })}\n`;

function evidenceJson({ case: about, verdict, reason, sent, answer, before, after }: Evidence, mask: Mask): object {
	return {
		case: about,
		verdict,
		reason: mask(reason),
		...(sent === undefined ? {} : { sent: sentJson(maskedSent(sent, mask)) }),
		...(answer === undefined ? {} : { answer: outcomeJson(shortened(maskedOutcome(answer, mask)), (text) => text) }),
		...(before === undefined ? {} : { before: mask(before).slice(0, mostOfBody) }),
		...(after === undefined ? {} : { after: mask(after).slice(0, mostOfBody) }),
	};
}

function sentJson({ method, url, headers, body }: SentRequest): object {
	const isLong = (body?.length ?? 0) > mostOfBody;
	return { method, url, headers: headersJson(headers), ...bodyFields(body?.subarray(0, mostOfBody), isLong) };
}

/** Behind masking: the beginning of a credential that is cut off would not be known for one. */
function shortened(outcome: Outcome): Outcome {
	if (outcome.kind !== 'answered' || outcome.body.length <= mostOfBody) return outcome;
	return { ...outcome, body: outcome.body.subarray(0, mostOfBody), truncated: true };
}
