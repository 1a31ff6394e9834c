import fc from 'fast-check';
import { expect, test } from 'vitest';
import { failed, inconclusive, passed, skipped, warned, worst } from '../../src/check/finding.ts';
import { recordWithout } from '../../src/check/record.ts';
import { rules } from '../../src/check/rules/index.ts';
import { hasFailed } from '../../src/check/verdicts.ts';
import { exitCodeOf } from '../../src/model/exit-code.ts';
import { Interruption } from '../../src/model/interruption.ts';
import type { RuleLevel } from '../../src/model/rule-record.ts';

const worstFirst = [failed('f'), warned('w'), inconclusive('i'), passed('p'), skipped('s')];

test('of several findings the worst stands for all, in whatever order they come, and the first of equals', () => {
	fc.assert(
		fc.property(fc.array(fc.nat({ max: 4 }), { minLength: 1 }), (kinds) => {
			const findings = kinds.map((kind, at) => ({ ...worstFirst[kind], verdict: worstFirst[kind]?.verdict, at }));
			const least = Math.min(...kinds);
			const found = worst(findings as Parameters<typeof worst>[0]) as { verdict: string; at: number } | undefined;
			expect(found).toMatchObject({ verdict: worstFirst[least]?.verdict, at: kinds.indexOf(least) });
		}),
	);
	expect(worst([])).toBeUndefined();
});

const record = (level: RuleLevel, verdict: 'failed' | 'warned') => {
	const rule = rules.find((one) => one.level === level);
	if (rule === undefined) throw new Error(`no rule is of level ${level}`);
	return recordWithout(rule, verdict, '');
};

test.each([
	['a must that failed', [record('must', 'failed')], 'must', 1],
	['a should that failed, which nobody asked to count', [record('should', 'failed')], 'must', 0],
	['a should that failed, which counts', [record('should', 'failed')], 'should', 1],
	['a warning', [record('must', 'warned'), record('advice', 'warned')], 'should', 0],
] as const)('%s ends check with the right code', (_, records, gate, code) => {
	const isFailed = hasFailed(records, gate);
	const signal = AbortSignal.abort(new Interruption('SIGTERM'));
	expect(exitCodeOf({ isUnreached: false, isFailed })).toBe(code);
	expect(exitCodeOf({ isUnreached: true, isFailed })).toBe(3);
	expect(exitCodeOf({ signal, isUnreached: false, isFailed })).toBe(143);
});
