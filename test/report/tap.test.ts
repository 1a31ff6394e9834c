import fc from 'fast-check';
import { type FinalResults, Parser, type Result } from 'tap-parser';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { tapReport } from '../../src/report/ci/tap.ts';
import type { RunReport } from '../../src/report/run-report.ts';
import {
	broken,
	hostile,
	saying,
	spelled,
	spelledLine,
	worstFirst,
} from '../support/report-parts.ts';
import {
	hostileRun,
	manyDeliveries,
	sampleCheck,
	sampleFire,
	sampleRun,
} from '../support/sample-report.ts';

interface Read {
	readonly results: FinalResults;
	readonly suites: readonly Result[];
	/** Of each subtest, in order. */
	readonly cases: readonly (readonly Result[])[];
	readonly version: number | undefined;
	readonly bailedOut: string | undefined;
	/** Lines that are no TAP. */
	readonly extra: readonly string[];
}

/** Strict: a line that is no TAP is a failure. */
function read(tap: string): Promise<Read> {
	return new Promise((resolve) => {
		const suites: Result[] = [];
		const cases: Result[][] = [];
		const extra: string[] = [];
		let version: number | undefined;
		let bailedOut: string | undefined;
		const parser = new Parser({ strict: true }, (results) =>
			resolve({ results, suites, cases, version, bailedOut, extra }),
		);
		parser.on('version', (number: number) => {
			version = number;
		});
		parser.on('bailout', (reason: string) => {
			bailedOut = reason;
		});
		parser.on('extra', (line: string) => void extra.push(line));
		parser.on('assert', (result: Result) => void suites.push(result));
		parser.on('child', (child: Parser) => {
			const points: Result[] = [];
			cases.push(points);
			child.on('assert', (result: Result) => void points.push(result));
		});
		parser.end(tap);
	});
}

const samples: [string, RunReport][] = [
	['run', sampleRun()],
	['fire', sampleFire()],
	['check', sampleCheck()],
	['a hostile run', { ...hostileRun(), broken: undefined }],
	['many deliveries', manyDeliveries(100)],
];

describe.each(samples)('%s as TAP', (_name, report) => {
	const isRed = (verdict: string) => verdict === 'failed' || verdict === 'error';

	test('is one subtest a suite and one point a case, with the verdicts of the report', async () => {
		const { suites, cases, version, extra } = await read(tapReport(report));
		expect(version).toBe(14);
		expect(extra).toEqual([]);
		expect(suites.map(({ ok }) => ok)).toEqual(
			report.suites.map((suite) => !suite.cases.some((one) => isRed(one.verdict))),
		);
		expect(
			cases.map((points) => points.map(({ ok, skip }) => ({ ok, skip: skip !== false }))),
		).toEqual(
			report.suites.map((suite) =>
				suite.cases.map(({ verdict }) => ({ ok: !isRed(verdict), skip: verdict === 'skipped' })),
			),
		);
	});

	test('fails as a whole when a case does, and for no other reason', async () => {
		const { results } = await read(tapReport(report));
		const red = report.suites.flatMap((suite) => suite.cases).filter((one) => isRed(one.verdict));
		expect(results.ok).toBe(red.length === 0);
		expect(
			results.failures.filter(
				(failure) => failure.tapError !== null && failure.tapError !== undefined,
			),
		).toEqual([]);
	});

	test('holds no credential', () => expect(tapReport(report)).not.toContain('hunter2'));
});

test('says in YAML what was expected, what came and how to see it again', async () => {
	const { cases, suites } = await read(tapReport(sampleRun()));
	expect(suites[1]?.diag).toEqual({ message: '2 cases: 1 passed, 1 failed', severity: 'fail' });
	expect(cases[1]?.[0]?.diag).toEqual({
		message: 'a callback without its checksum was accepted',
		severity: 'fail',
		kind: 'status',
		expected: 'refused: 400 to 499',
		got: '200 {"success":true}',
		at: 'scenarios/forged.yaml:7',
		details: [
			'Anybody who knows the URL marks orders as paid.',
			'Refuse with 401 when the checksum is absent.',
		],
		reproduce: expect.stringContaining('\ncallsim fire bayarcash/transaction-success'),
	});
	expect(cases[3]?.[0]?.diag).toMatchObject({ severity: 'error' });
	expect(cases[3]?.[1]).toMatchObject({ ok: true, skip: 'step 1 failed' });
	expect(cases[4]?.[0]).toMatchObject({ ok: true, diag: { severity: 'warning' } });
});

test('looks the way the specification prints it', () => {
	const text = tapReport(sampleFire());
	expect(text).toBe(`TAP version 14
1..1
# Subtest: fire
    1..2
    ok 1 - \\#1 bayarcash/transaction-success
    not ok 2 - \\#2 bayarcash/transaction-success
      ---
      message: "not acknowledged: the provider gives up after 5 attempts"
      severity: fail
      kind: "not-acknowledged"
      expected: "200"
      got: "500 <h1>SQLSTATE[HY000] [2002] Connection refused</h1>"
      reproduce: "callsim fire bayarcash/transaction-success --to http://127.0.0.1:3000/webhooks/bayarcash --ref ORD-0060"
      ...
not ok 1 - fire
  ---
  message: "2 cases: 1 passed, 1 failed"
  severity: fail
  ...
`);
});

test('bails out where the run did, after a point that says so', async () => {
	const { results, suites, bailedOut } = await read(
		tapReport(broken(sampleRun(), 'no \\ file #1\nnot ok 1')),
	);
	expect(results.ok).toBe(false);
	expect(bailedOut).toBe('no \\ file #1\\nnot ok 1');
	expect(suites.at(-1)).toMatchObject({ ok: false, name: 'callsim' });
});

test('skips a suite without cases, and a run without suites', async () => {
	const suite = { name: 'empty', startedAt: 0, tookMs: 0, cases: [] };
	const one = await read(tapReport({ ...sampleRun(), suites: [suite] }));
	expect(one.results.ok).toBe(true);
	expect(one.suites[0]).toMatchObject({ ok: true, skip: 'nothing was run' });
	expect((await read(tapReport({ ...sampleRun(), suites: [] }))).results.ok).toBe(true);
});

/** A brace at the end of a line begins a subtest for some readers, and blanks around a name are no part of it. */
const named = (text: string) => spelledLine(text).trim().replace(/\{$/, '\\x7b');

test('gives back every text as it went in, or spelled out, whatever it imitates', async () => {
	await fc.assert(
		fc.asyncProperty(hostile, async (text) => {
			const { results, suites, cases, extra } = await read(tapReport(saying(text)));
			expect(extra).toEqual([]);
			expect(results.failures.filter((failure) => (failure.tapError ?? null) !== null)).toEqual([]);
			expect(suites.map(({ name, ok }) => ({ name, ok }))).toEqual([
				{ name: named(text), ok: false },
			]);
			expect(cases).toHaveLength(1);
			expect(cases[0]?.map(({ name }) => name)).toEqual([named(text), named(text), named(text)]);
			expect(cases[0]?.map(({ ok }) => ok)).toEqual([false, true, true]);
			expect(cases[0]?.[1]?.skip).toBe(named(text) === '' ? true : named(text));
			const said = {
				message: spelled(text),
				expected: spelled(text),
				got: spelled(text),
				reproduce: spelled(text),
			};
			expect(cases[0]?.[0]?.diag).toMatchObject({
				...said,
				details: [spelled(text), spelled(text)],
				severity: 'fail',
			});
			expect(cases[0]?.[2]?.diag).toMatchObject({ ...said, severity: 'warning' });
		}),
		worstFirst,
	);
});

test('bails out with any reason in one line', async () => {
	await fc.assert(
		fc.asyncProperty(hostile, async (text) => {
			const { results, bailedOut } = await read(tapReport(broken(sampleFire(), text)));
			expect(results.ok).toBe(false);
			expect((bailedOut ?? '').trim()).toBe(named(text));
		}),
		worstFirst,
	);
});

test('writes blocks that YAML 1.2 reads without a complaint', () => {
	fc.assert(
		fc.property(hostile, (text) => {
			const blocks = [...tapReport(saying(text)).matchAll(/^ +---\n([\s\S]*?)^ +\.\.\.\n/gm)];
			expect(blocks).toHaveLength(3);
			for (const [, yaml] of blocks)
				expect(parseYaml(yaml ?? '', { strict: true })).toHaveProperty('message');
		}),
		worstFirst,
	);
});
