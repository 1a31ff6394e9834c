import { appendFileSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bounds, overdue, prune } from '../../src/journal/prune.ts';
import { readJournal, recordsIn } from '../../src/journal/read-journal.ts';
import type { JournalRecord } from '../../src/journal/record.ts';
import { segmentsIn } from '../../src/journal/segments.ts';
import { JournalWriter } from '../../src/journal/write-journal.ts';
import { readJson } from '../../src/model/read-json.ts';
import { jsonOf } from '../../src/model/value-text.ts';

const folder = () => join(mkdtempSync(join(tmpdir(), 'callsim-journal-')), 'state', 'callsim');
const clockAt = (text: string) => ({ now: () => Date.parse(text) });
const today = clockAt('2026-11-28T10:00:00Z');
const summary = (run: string): JournalRecord => ({
	...{ v: 1, type: 'summary', at: '2026-11-28T10:00:00.000Z', run, exitCode: 0 },
});
const delivery: JournalRecord = {
	...{ v: 1, type: 'delivery', at: '2026-11-28T10:00:00.000Z', run: 'a', delivery: 1 },
	...{ event: 'a/b', options: [], target: 'http://127.0.0.1/', ids: {}, words: [] },
	request: { method: 'POST', url: 'http://127.0.0.1/', body: '' },
	schedule: { attempts: 1, pausesMs: [], trust: 'assumed' },
};
const runs = (where: string) =>
	readJournal(where).records.map((record) => 'run' in record && record.run);

describe('a journal', () => {
	test('gives back what was written, in a folder and a file for the user alone', () => {
		const where = folder();
		const writer = new JournalWriter(where, today);
		for (const run of ['a', 'b']) writer.append(summary(run));
		writer.close();
		expect(runs(where)).toEqual(['a', 'b']);
		expect(statSync(where).mode & 0o777).toBe(0o700);
		expect(statSync(join(where, '2026-11-28.jsonl')).mode & 0o777).toBe(0o600);
	});

	test('keeps numbers as they were written', () => {
		const where = folder();
		const writer = new JournalWriter(where, today);
		const ids = readJson('{"amount": 60.00}');
		writer.append({ ...delivery, ids } as unknown as JournalRecord);
		writer.close();
		expect(jsonOf(readJournal(where).records)).toContain('"amount":60.00');
	});

	test('loses a torn line alone, wherever it is torn', () => {
		const line = JSON.stringify(summary('torn'));
		for (const length of [1, 5, line.length - 1]) {
			const where = folder();
			const writer = new JournalWriter(where, today);
			writer.append(summary('a'));
			appendFileSync(join(where, '2026-11-28.jsonl'), `\n${line.slice(0, length)}`);
			writer.append(summary('b'));
			writer.close();
			expect(runs(where)).toEqual(['a', 'b']);
			expect(readJournal(where).damage).toEqual([
				'2026-11-28.jsonl: 1 line that no whole record is in',
			]);
		}
	});

	test('takes a record whose target is no URL for torn', () => {
		const text = (other: object) => `${JSON.stringify({ ...delivery, ...other })}\n`;
		expect(recordsIn(text({}) + text({ target: 'nowhere' }), 'a')).toMatchObject({
			records: [delivery],
			damage: ['a: 1 line that no whole record is in'],
		});
	});

	test('passes over another version, and files that are none of its own', () => {
		const where = folder();
		new JournalWriter(where, today).append(summary('a'));
		appendFileSync(
			join(where, '2026-11-28.jsonl'),
			`\n${JSON.stringify({ ...summary('old'), v: 0 })}\n`,
		);
		writeFileSync(join(where, 'notes.txt'), 'mine');
		mkdirSync(join(where, '2026-11-27.jsonl'));
		expect(runs(where)).toEqual(['a']);
		expect(readJournal(where).damage).toEqual([
			'2026-11-28.jsonl: 1 line of another version of callsim',
		]);
	});

	test('begins another file each day, and where one has grown to 8 MB', () => {
		const where = folder();
		let now = '2026-11-27T23:59:59Z';
		const writer = new JournalWriter(where, { now: () => Date.parse(now) });
		writer.append(summary('a'));
		now = '2026-11-28T00:00:01Z';
		writer.append(summary('b'));
		appendFileSync(join(where, '2026-11-28.jsonl'), '\n'.repeat(8 * 1024 * 1024));
		writer.close();
		new JournalWriter(where, { now: () => Date.parse(now) }).append(summary('c'));
		expect(segmentsIn(where).map(({ day, part }) => `${day} ${part}`)).toEqual([
			...['2026-11-27 1', '2026-11-28 1', '2026-11-28 2'],
		]);
		expect(runs(where)).toEqual(['a', 'b', 'c']);
	});

	test('that is not there holds nothing', () => {
		expect(readJournal(folder())).toEqual({ records: [], damage: [] });
	});
});

describe('what is beyond the bounds', () => {
	const segment = (day: string, bytes = 1) => ({ file: day, day, part: 1, bytes });
	const gone = (...segments: ReturnType<typeof segment>[]) =>
		overdue(segments, today.now()).map(({ file }) => file);

	test('is what is older than 30 days', () => {
		expect(gone(segment('2026-10-28'), segment('2026-10-29'), segment('2026-11-28'))).toEqual([
			'2026-10-28',
		]);
	});

	test('is the oldest of more than 64 MB, and never the file that is written to', () => {
		const half = bounds.bytes / 2;
		expect(
			gone(segment('2026-11-26', half), segment('2026-11-27', half), segment('2026-11-28')),
		).toEqual(['2026-11-26']);
		expect(gone(segment('2026-11-28', 10 * bounds.bytes))).toEqual([]);
	});

	test('is removed, and counted', () => {
		const where = folder();
		new JournalWriter(where, clockAt('2026-10-01T00:00:00Z')).append(summary('old'));
		new JournalWriter(where, today).append(summary('new'));
		expect(prune(where, today.now())).toMatchObject({ files: 1 });
		expect(runs(where)).toEqual(['new']);
	});
});
