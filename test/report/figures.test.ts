import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import { countRules, isGated } from '../../src/check/verdicts.ts';
import type { RuleLevel, RuleRecord, RuleVerdict } from '../../src/model/rule-record.ts';
import { Collector } from '../../src/report/collect/collector.ts';
import { reportFormats } from '../../src/report/formats.ts';
import type { RunReport } from '../../src/report/run-report.ts';
import { tallyOf, tallySentence } from '../../src/report/tally.ts';
import { checkText } from '../../src/report/text/check-text.ts';
import { judged, sampleCheck } from '../support/sample-report.ts';
import { junitCases, tapResults } from '../support/scenario-reports.ts';

const asItIs = (text: string): string => text;

function record(rule: string, level: RuleLevel, verdict: RuleVerdict): RuleRecord {
	const said = {
		title: `${rule} is kept`,
		reason: `${rule} ${verdict}`,
		why: 'it matters',
		hint: 'mind it',
	};
	return { ...said, rule, level, verdict, evidence: [], source: null, reproduce: '' };
}

const of = (verdict: RuleVerdict, level: RuleLevel, count: number): RuleRecord[] =>
	Array.from({ length: count }, (_, at) => record(`${verdict}-${level}-${at}`, level, verdict));

/** Nine rules failed at the gate and two below it, so that a report which moves those two says other figures. */
const records = [
	...of('failed', 'must', 9),
	...of('failed', 'should', 2),
	...of('warned', 'advice', 2),
	...of('inconclusive', 'must', 3),
	...of('skipped', 'should', 5),
	...of('passed', 'must', 7),
];
const figures = '11 failed (2 tolerated), 2 warned, 3 not decided, 5 skipped';

function reportOf(kept: readonly RuleRecord[], exitCode: 0 | 1): RunReport {
	const collector = new Collector(
		{ version: '1', command: 'check', title: 'check x', startedAt: 0 },
		asItIs,
		true,
	);
	collector.takeRules('r', 'x', kept, 10, (one) =>
		isGated(one, 'must') ? undefined : 'below --fail-on must',
	);
	return collector.report({ endedAt: 10, exitCode });
}

const written = (name: string, report: RunReport): Promise<string> =>
	reportFormats.find((format) => format.name === name)?.write(report) ??
	Promise.reject(new Error(name));

function textOf(kept: readonly RuleRecord[], exitCode: 0 | 1): string {
	const end = {
		provider: 'x',
		target: 'y',
		seed: '1',
		gate: 'must',
		run: 'r',
		credentials: 'none',
	} as const;
	return checkText(
		kept,
		{ ...end, ...countRules(kept), exitCode },
		{ paint: new Chalk({ level: 0 }), mask: asItIs },
		true,
	);
}

describe('one check has the same figures', () => {
	const report = reportOf(records, 1);

	test('in the terminal and in its JSON lines', () => {
		const text = textOf(records, 1);
		expect(text).toContain('7 passed, 11 failed, 2 warned, 3 not decided, 5 skipped of 28 rules');
	});

	test('in the sentence of the reports', () => {
		expect(tallySentence(tallyOf(report.suites))).toBe(`28 cases: 7 passed, ${figures}`);
	});

	test('in the JSON document', async () => {
		const { totals } = JSON.parse(await written('json', report)) as { totals: object };
		const { rules, ...verdicts } = countRules(records);
		expect(totals).toMatchObject({ ...verdicts, cases: rules, tolerated: 2, errors: 0 });
	});

	test('in HTML', async () => {
		const html = await written('html', report);
		const text = html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
		expect(text).toContain('11 of 28 rules failed');
		expect(text).toContain('28 rules 11 failed 2 warned 3 not decided 7 passed 5 skipped');
	});

	test('in JUnit, which fails for the nine at the gate and says so', async () => {
		const xml = await written('junit', report);
		const cases = await junitCases(xml);
		expect(cases.filter(({ verdict }) => verdict === 'failure')).toHaveLength(9);
		expect(cases.filter(({ text }) => text.includes('failed, below --fail-on must'))).toHaveLength(
			2,
		);
		expect(xml).toContain(`<system-out>28 cases: 7 passed, ${figures}</system-out>`);
	});

	test('in TAP, where the two are still to be done', async () => {
		const tap = await written('tap', report);
		expect(tap.match(/^ {4}not ok /gm)).toHaveLength(11);
		expect(tap.match(/^ {4}not ok .* # TODO below --fail-on must$/gm)).toHaveLength(2);
		expect(tap).toContain(figures);
	});

	test('in the annotations of GitHub: errors at the gate, warnings below it', async () => {
		const text = await written('github', report);
		expect(text.match(/^::error /gm)).toHaveLength(9);
		expect(text.match(/^::warning /gm)).toHaveLength(4);
		expect(text.match(/below --fail-on must/g)).toHaveLength(2);
	});
});

test('failures below the gate alone turn nothing red, and are told as failures', async () => {
	const report = reportOf(
		records.filter(({ verdict, level }) => verdict !== 'failed' || level === 'should'),
		0,
	);
	expect((await tapResults(await written('tap', report))).ok).toBe(true);
	const cases = await junitCases(await written('junit', report));
	expect(cases.filter(({ verdict }) => verdict === 'failure' || verdict === 'error')).toEqual([]);
	expect(await written('github', report)).not.toContain('::error');
	expect(await written('html', report)).toContain('2 of 19 rules failed, all below --fail-on must');
});

test('what a report knows no word for keeps its reason', async () => {
	const open = {
		...sampleCheck(),
		suites: [{ name: 's', startedAt: 0, tookMs: 0, cases: [undecided] }],
	};
	expect(await written('tap', open)).toContain('# SKIP not decided: no probe');
	expect(await written('junit', open)).toContain('<skipped message="not decided: no probe">');
});

const undecided = judged('a rule', [], { verdict: 'inconclusive', message: 'no probe' });

test('what proved nothing has no tick', () => {
	expect(textOf([...of('inconclusive', 'must', 1), ...of('skipped', 'must', 2)], 0)).toContain(
		'– nothing proved: x at y: 0 passed',
	);
	expect(textOf([...of('passed', 'must', 1), ...of('inconclusive', 'must', 1)], 0)).toContain(
		'✓ x at y: 1 passed',
	);
	expect(textOf(of('warned', 'advice', 1), 0)).toContain('✓ x at y: 0 passed, 0 failed, 1 warned');
	expect(textOf(of('inconclusive', 'must', 1), 1)).toContain('✗ x at y: 0 passed');
});
