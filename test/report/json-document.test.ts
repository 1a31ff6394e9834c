import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonDocument } from '../../src/report/json/document-json.ts';
import { jsonLine } from '../../src/report/json/event-json.ts';
import type { RunReport } from '../../src/report/run-report.ts';
import { safeJson } from '../../src/report/safe/escape.ts';
import { broken, hostile, saying, worstFirst } from '../support/report-parts.ts';
import {
	hostileRun,
	manyDeliveries,
	sampleCheck,
	sampleFire,
	sampleRun,
} from '../support/sample-report.ts';

interface Document {
	readonly totals: Readonly<Record<string, number>>;
	readonly suites: readonly {
		readonly name: string;
		readonly verdict: string;
		readonly cases: readonly Readonly<Record<string, unknown>>[];
	}[];
	readonly deliveries: readonly {
		readonly attempts: readonly object[];
		readonly schedule: object;
	}[];
}

const read = (report: RunReport): Document => JSON.parse(safeJson(jsonDocument(report)));
const asItIs = (text: string): string => text;

const samples: [string, RunReport][] = [
	['run', sampleRun()],
	['fire', sampleFire()],
	['check', sampleCheck()],
	['a hostile run', hostileRun()],
	['many deliveries', manyDeliveries(50)],
];

describe.each(samples)('%s as one document', (_name, report) => {
	test('writes attempts and schedules in the words of --json', () => {
		expect(read(report).deliveries).toHaveLength(report.deliveries.length);
		for (const [at, { attempts, schedule }] of read(report).deliveries.entries()) {
			const record = report.deliveries[at];
			if (record === undefined) throw new Error('more deliveries than there were');
			const lines = record.attempts.map((attempt) => {
				const line = jsonLine({ type: 'attempt', run: report.run, ...attempt }, asItIs);
				const { v: _v, type: _type, run: _run, ...fields } = JSON.parse(line);
				return fields;
			});
			expect(attempts).toEqual(lines);
			expect(Object.keys(schedule)).toEqual(['attempts', 'pausesMs', 'trust']);
		}
	});

	test('counts what it lists', () => {
		const { totals, suites, deliveries } = read(report);
		const cases = suites.flatMap((suite) => suite.cases);
		const count = (verdict: string) => cases.filter((one) => one['verdict'] === verdict).length;
		expect(totals).toEqual({
			suites: suites.length,
			cases: cases.length,
			passed: count('passed'),
			failed: count('failed'),
			tolerated: cases.filter((one) => one['tolerated'] !== undefined).length,
			errors: count('error'),
			skipped: count('skipped'),
			warned: count('warned'),
			inconclusive: count('inconclusive'),
			deliveries: deliveries.length,
			acknowledged: report.deliveries.filter(({ finished }) => finished?.acknowledged).length,
		});
	});

	test('holds no credential', () =>
		expect(safeJson(jsonDocument(report))).not.toContain('hunter2'));
});

test('begins with what was run, when, and how it ended', () => {
	expect(JSON.parse(safeJson(jsonDocument(sampleFire())))).toMatchObject({
		v: 1,
		tool: 'callsim',
		version: '0.1.0',
		command: 'fire',
		title: 'fire bayarcash/transaction-success',
		run: '20261125-180000-9a28',
		startedAt: '2026-11-25T10:00:00.000Z',
		endedAt: '2026-11-25T10:00:12.340Z',
		exitCode: 1,
	});
	expect(read(sampleFire())).not.toHaveProperty('broken');
	expect(read(broken(sampleFire(), 'no'))).toHaveProperty('broken', {
		kind: 'problem',
		message: 'no',
	});
});

test('gives a suite the worst verdict of its cases', () => {
	expect(read(sampleRun()).suites.map(({ verdict }) => verdict)).toEqual([
		'passed',
		'failed',
		'failed',
		'error',
		'warned',
		'passed',
	]);
});

test('has the request, the answer and the order that a rule rests on', () => {
	const rule = read(sampleCheck()).suites[0]?.cases.find(
		(one) => one['name'] === 'checksum-missing',
	);
	expect(rule?.['evidence']).toEqual([
		{
			case: 'no checksum',
			verdict: 'failed',
			reason: 'answered 200: it was accepted',
			before: '{"reference":"CS-1WPI4MQ803","state":"new","credited":0}',
			after: '{"reference":"CS-1WPI4MQ803","state":"paid","credited":1}',
			sent: expect.objectContaining({
				method: 'POST',
				headers: {
					'content-type': 'application/x-www-form-urlencoded',
					authorization: '[secret:token]',
				},
			}),
			answer: expect.objectContaining({ kind: 'answered', status: 200, body: '{"success":true}' }),
		},
	]);
});

test('gives back every text as it went in, and shows no control character in the file', () => {
	fc.assert(
		fc.property(hostile, (text) => {
			const report = saying(text);
			const [suite] = read(report).suites;
			expect(suite?.name).toBe(text);
			expect(suite?.cases[0]).toMatchObject({
				...{
					name: text,
					kind: text,
					message: text,
					expected: text,
					got: text,
					details: [text, text],
				},
				...{ file: text, line: 3, reproduce: text },
			});
			expect(safeJson(jsonDocument(report))).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
		}),
		worstFirst,
	);
});
