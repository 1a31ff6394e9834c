import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import { countRules } from '../../src/check/verdicts.ts';
import type { RuleRecord, RuleVerdict } from '../../src/model/rule-record.ts';
import { checkText } from '../../src/report/text/check-text.ts';
import { laidOut } from '../../src/report/text/layout.ts';

const record = (
	rule: string,
	verdict: RuleVerdict,
	more: Partial<RuleRecord> = {},
): RuleRecord => ({
	...{
		rule,
		verdict,
		level: 'must',
		title: `the title of ${rule}`,
		reason: `the reason of ${rule}`,
	},
	...{
		why: `why ${rule}`,
		hint: `mend ${rule}`,
		reproduce: `callsim fire x/${rule}`,
		evidence: [],
	},
	...{ source: null },
	...more,
});

const several = (count: number, name: string, verdict: RuleVerdict, more?: Partial<RuleRecord>) =>
	Array.from({ length: count }, (_, at) => record(`${name}-${at + 1}`, verdict, more));

function told(records: readonly RuleRecord[], verbose = false, exitCode: 0 | 1 | 3 = 1): string {
	const end = { provider: 'x', target: 'y', seed: '1', gate: 'must', run: 'r' } as const;
	return checkText(
		records,
		{ ...end, credentials: 'none', ...countRules(records), exitCode },
		{ paint: new Chalk({ level: 0 }), mask: (text) => text },
		verbose,
	);
}

describe('what a check came to', () => {
	const mixed = [
		...several(100, 'passed', 'passed'),
		...several(3, 'broken', 'failed'),
		...several(2, 'odd', 'warned'),
		...several(30, 'open', 'inconclusive', { reason: 'no probe is given' }),
		...several(4, 'left', 'skipped'),
	];

	test('has a line for each failure, and the figures last', () => {
		const lines = told(mixed).trimEnd().split('\n');
		expect(lines.slice(0, 4)).toEqual([
			'Failed',
			...[1, 2, 3].map((at) => `✗ broken-${at} (must)  the reason of broken-${at}`),
		]);
		expect(lines).toContain('! odd-1 (must)  the reason of odd-1');
		expect(lines).toContain('– 30 rules not decided: no probe is given');
		expect(lines.at(-1)).toContain('100 passed, 3 failed, 2 warned, 30 not decided');
	});

	test('names nothing that passed, unless all is asked for', () => {
		expect(told(mixed)).not.toMatch(/passed-\d|open-\d|left-\d|why /);
		expect(told(mixed, true)).toMatch(/passed-100(.|\n)*100 passed/);
		for (const name of ['why broken-2', 'mend broken-2', 'x/broken-2', 'open-30', 'left-4'])
			expect(told(mixed, true)).toContain(name);
	});

	test('is the figures alone where everything passed', () => {
		expect(told(several(90, 'passed', 'passed'), false, 0)).toMatch(/^✓ x at y: 90 passed.*\n$/);
	});

	test('tells the only failure with its reason, its fix and a line that repeats it', () => {
		const text = told([record('broken', 'failed'), ...several(90, 'passed', 'passed')]);
		for (const part of ['the title of broken', 'why broken', 'mend broken', 'x/broken'])
			expect(text).toContain(part);
	});

	test('begins with the cause of everything else, on a screen', () => {
		const follows = 'every genuine callback was refused';
		const text = told([
			...several(90, 'open', 'inconclusive', { follows }),
			record('cause', 'failed', { follows }),
			...several(40, 'left', 'skipped'),
			...several(2, 'odd', 'warned'),
		]);
		expect(text).toMatch(/^Failed\n✗ cause \(must\)/);
		expect(text).toContain('mend cause');
		expect(text).toContain('90 rules are not decided because of it');
		expect(text).toContain('2 more are warned or not decided');
		expect(laidOut(text, 80).split('\n').length).toBeLessThanOrEqual(24);
	});

	test('ends with the cause of everything else, which one looks at last', () => {
		const [one, other] = ['every genuine callback was refused', 'nothing is verified'];
		const records = [
			...several(3, 'open', 'inconclusive', { follows: other }),
			...several(9, 'shut', 'inconclusive', { follows: one }),
			record('lesser', 'failed', { follows: other }),
			record('cause', 'failed', { follows: one }),
		];
		for (const isWhole of [false, true])
			expect(told(records, isWhole).trimEnd().split('\n').at(-1)).toBe(
				'  mend first: cause: the reason of cause',
			);
		// A failure that nothing waits for has been told above.
		expect(told(mixed)).not.toContain('mend first');
	});

	test('is a line where nothing was sent', () => {
		const follows = 'nothing listens on localhost:3000';
		const text = told(several(100, 'open', 'inconclusive', { follows }), false, 3);
		expect(text).toBe(`✗ ${follows}: nothing was sent, and no rule is decided\n`);
	});

	test('tells few of many reasons that keep rules from being decided', () => {
		const reasons = ['a', 'b', 'c', 'd', 'e', 'f'].map((reason) =>
			record(`open-${reason}`, 'inconclusive', { reason }),
		);
		const text = told(reasons);
		expect(text.match(/^– 1 rule not decided/gm)).toHaveLength(4);
		expect(text).toContain('– 2 more for other reasons');
	});
});
