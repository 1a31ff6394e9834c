import { Problem } from '../model/problem.ts';
import type { RuleRecord, RuleVerdict } from '../model/rule-record.ts';
import type { ExitCode } from '../model/run-event.ts';
import { didYouMean } from '../model/suggest.ts';
import type { Rule } from './rule.ts';

export type Gate = 'must' | 'should';

export interface Tally {
	readonly rules: number;
	readonly passed: number;
	readonly failed: number;
	readonly warned: number;
	readonly inconclusive: number;
	readonly skipped: number;
}

export function tallyOf(records: readonly RuleRecord[]): Tally {
	const count = (verdict: RuleVerdict) => records.filter((record) => record.verdict === verdict).length;
	return {
		rules: records.length,
		passed: count('passed'),
		failed: count('failed'),
		warned: count('warned'),
		inconclusive: count('inconclusive'),
		skipped: count('skipped'),
	};
}

/** 1 when a rule failed at or above the gate; 3 when nobody was ever reached. */
export function exitCodeOf(records: readonly RuleRecord[], reached: boolean, gate: Gate): ExitCode {
	if (!reached) return 3;
	const levels = gate === 'must' ? ['must'] : ['must', 'should'];
	return records.some(({ verdict, level }) => verdict === 'failed' && levels.includes(level)) ? 1 : 0;
}

/** @throws Problem `rule-unknown` */
export function chosenRules(all: readonly Rule[], only: readonly string[], skip: readonly string[]): Rule[] {
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
