import fc from 'fast-check';
import { expect, test } from 'vitest';
import { failed, inconclusive, passed, skipped, warned, worst } from '../../src/check/finding.ts';
import { recordWithout } from '../../src/check/record.ts';
import { rules } from '../../src/check/rules/index.ts';
import { chosenRules, countRules, findRule, hasFailed, isGated } from '../../src/check/verdicts.ts';
import { exitCodeOf } from '../../src/model/exit-code.ts';
import { Interruption } from '../../src/model/interruption.ts';
import type { RuleLevel } from '../../src/model/rule-record.ts';

const worstFirst = [failed('f'), warned('w'), inconclusive('i'), passed('p'), skipped('s')];

test('of several findings the worst stands for all, in whatever order they come, and the first of equals', () => {
	fc.assert(
		fc.property(fc.array(fc.nat({ max: 4 }), { minLength: 1 }), (kinds) => {
			const findings = kinds.map((kind, at) => ({
				...worstFirst[kind],
				verdict: worstFirst[kind]?.verdict,
				at,
			}));
			const least = Math.min(...kinds);
			const found = worst(findings as Parameters<typeof worst>[0]) as
				| { verdict: string; at: number }
				| undefined;
			expect(found).toMatchObject({
				verdict: worstFirst[least]?.verdict,
				at: kinds.indexOf(least),
			});
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

test('rules are counted by their verdicts', () => {
	const verdicts = [
		'passed',
		'failed',
		'failed',
		'warned',
		'inconclusive',
		'skipped',
		'skipped',
	] as const;
	const records = verdicts.map((verdict) => ({ ...record('must', 'failed'), verdict }));
	expect(countRules(records)).toEqual({
		rules: 7,
		passed: 1,
		failed: 2,
		warned: 1,
		inconclusive: 1,
		skipped: 2,
	});
});

test('a failure counts at its gate and above', () => {
	expect(isGated({ level: 'must' }, 'must')).toBe(true);
	expect(isGated({ level: 'should' }, 'must')).toBe(false);
	expect(isGated({ level: 'must' }, 'should')).toBe(true);
	expect(isGated({ level: 'should' }, 'should')).toBe(true);
	expect(isGated({ level: 'advice' }, 'should')).toBe(false);
});

test('rules are chosen by name, left out by name, and a name that is none is told with the nearest', () => {
	const some = rules.slice(0, 4);
	const ids = some.map(({ id }) => id);
	const [first = '', second = ''] = ids;
	const chosen = (only: string[], skip: string[]) =>
		chosenRules(some, only, skip).map(({ id }) => id);
	expect(chosen([], [])).toEqual(ids);
	expect(chosen([second, first], [])).toEqual([first, second]);
	expect(chosen([], [first])).toEqual(ids.slice(1));
	expect(chosen([first, second], [first])).toEqual([second]);
	expect(findRule(some, second).id).toBe(second);
	for (const [only, skip] of [
		[[`${first}x`], []],
		[[], [`${first}x`]],
	])
		expect(() => chosen(only ?? [], skip ?? [])).toThrow(
			expect.objectContaining({
				code: 'rule-unknown',
				message: `there is no rule "${first}x"`,
				hint: expect.stringContaining(first) as string,
			}),
		);
	expect(() => findRule(some, '0123456789')).toThrow(
		expect.objectContaining({ hint: 'See: callsim check --list' }),
	);
});
