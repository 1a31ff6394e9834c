import type { RuleCounts } from '../model/contract/check.ts';
import { Problem } from '../model/problem.ts';
import type { RuleRecord, RuleVerdict } from '../model/rule-record.ts';
import { didYouMean } from '../model/suggest.ts';
import type { Rule } from './rule.ts';

export type Gate = 'must' | 'should';

export function countRules(records: readonly RuleRecord[]): RuleCounts {
	const count = (verdict: RuleVerdict) =>
		records.filter((record) => record.verdict === verdict).length;
	return {
		rules: records.length,
		passed: count('passed'),
		failed: count('failed'),
		warned: count('warned'),
		inconclusive: count('inconclusive'),
		skipped: count('skipped'),
	};
}

/** Whether the receiver failed: a rule at or above the gate did. */
export function hasFailed(records: readonly RuleRecord[], gate: Gate): boolean {
	return records.some((record) => record.verdict === 'failed' && isGated(record, gate));
}

/**
 * Whether not even a genuine callback could be judged, where that was asked, or nothing at all:
 * nothing is proved then.
 */
export function isUnproved(records: readonly RuleRecord[]): boolean {
	const isOpen = ({ verdict }: RuleRecord) => verdict === 'inconclusive';
	return (
		records.some((record) => record.rule === 'genuine-success' && isOpen(record)) ||
		(records.some(isOpen) &&
			records.every((record) => isOpen(record) || record.verdict === 'skipped'))
	);
}

/** Whether a failure of this rule counts. */
export function isGated({ level }: Pick<RuleRecord, 'level'>, gate: Gate): boolean {
	return level === 'must' || level === gate;
}

/** @throws Problem `rule-unknown` */
export function chosenRules(
	all: readonly Rule[],
	only: readonly string[],
	skip: readonly string[],
): Rule[] {
	for (const id of [...only, ...skip]) findRule(all, id);
	return all.filter(({ id }) => (only.length === 0 || only.includes(id)) && !skip.includes(id));
}

/** @throws Problem `rule-unknown` */
export function findRule(all: readonly Rule[], id: string): Rule {
	const found = all.find((rule) => rule.id === id);
	if (found !== undefined) return found;
	const ids = all.map((rule) => rule.id);
	throw new Problem('rule-unknown', `there is no rule "${id}"`, {
		hint: didYouMean(id, ids) ?? 'See: callsim check --list',
	});
}
