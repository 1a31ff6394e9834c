import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { journalFolder } from '../../src/journal/location.ts';
import { lockRun } from '../../src/journal/lock.ts';
import { makeFolder } from '../../src/journal/make-folder.ts';
import { isAlive, ownMark } from '../../src/journal/process-mark.ts';
import { bounds, overdue, prune, prunedText } from '../../src/journal/prune.ts';
import { readJournal, recordsIn } from '../../src/journal/read-journal.ts';
import { recentRecords } from '../../src/journal/recent.ts';
import { segmentsIn } from '../../src/journal/segments.ts';
import { JournalWriter } from '../../src/journal/write-journal.ts';
import { journalPath, record } from '../support/journal-records.ts';

const clockAt = (text: string) => ({ now: () => Date.parse(text) });
const today = clockAt('2026-11-28T10:00:00Z');
const runsIn = (where: string) => readJournal(where).records.map((one) => 'run' in one && one.run);

describe('the journal is kept', () => {
	test('where it is named, else in the folder for state, else at home', () => {
		const env = { XDG_STATE_HOME: '/state', HOME: '/home/me', LOCALAPPDATA: '/local' };
		expect(journalFolder('here', env)).toBe('here');
		expect(journalFolder(undefined, env)).toBe('/state/callsim');
		expect(journalFolder(undefined, { ...env, XDG_STATE_HOME: 'state' })).toBe(
			'/home/me/.local/state/callsim',
		);
		expect(journalFolder(undefined, { LOCALAPPDATA: '/local' })).toBe('/local/callsim');
	});

	test('nowhere, where no folder is there for it', () => {
		expect(journalFolder(undefined, {})).toBeUndefined();
		expect(journalFolder(undefined, { HOME: 'me', LOCALAPPDATA: 'mine' })).toBeUndefined();
	});

	test('in folders that are made as far as they are not there', () => {
		const where = join(journalPath(), 'deep');
		makeFolder(where, 0o700);
		makeFolder(where, 0o700);
		expect(statSync(join(where, '..')).mode & 0o777).toBe(0o700);
	});

	test('not below what is no folder, or where nothing can be made', () => {
		const where = journalPath();
		makeFolder(where);
		writeFileSync(join(where, 'file'), '');
		expect(() => makeFolder(join(where, 'file', 'in'))).toThrow(/ENOTDIR/);
		expect(() => makeFolder('/proc/callsim/in')).toThrow(/ENOENT|EROFS|EACCES/);
	});
});

describe('the files of a journal', () => {
	test('are those of its names alone, by day and by part, the tenth behind the ninth', () => {
		const where = journalPath();
		makeFolder(where);
		const own = ['2026-11-28-10', '2026-11-28-9', '2026-11-29', '2026-11-28', '2026-10-30-2'];
		const others = [
			'x2026-11-28.jsonl',
			'2026-11-28.jsonl~',
			'2026-11-28-x.jsonl',
			'2026-1-2.jsonl',
		];
		for (const name of [...own.map((one) => `${one}.jsonl`), ...others])
			writeFileSync(join(where, name), '');
		expect(segmentsIn(where).map(({ day, part }) => `${day} ${part}`)).toEqual([
			...['2026-10-30 2', '2026-11-28 1', '2026-11-28 9', '2026-11-28 10', '2026-11-29 1'],
		]);
	});

	test('are another as soon as a day is over, or 8 MB are in one, for the same writer', () => {
		const where = journalPath();
		let now = '2026-11-27T23:59:59Z';
		const writer = new JournalWriter(where, { now: () => Date.parse(now) });
		const big = record('checked', { title: 'x'.repeat(8 * 1024 * 1024) });
		for (const next of [record('run'), record('summary'), big, record('summary')])
			writer.append(next);
		now = '2026-11-28T00:00:00Z';
		writer.append(record('run'));
		writer.close();
		writer.close();
		const lines = segmentsIn(where).map(
			({ file }) =>
				readFileSync(file, 'utf8')
					.split('\n')
					.filter((line) => line !== '').length,
		);
		expect(lines).toEqual([3, 1, 1]);
	});

	test('that are full are left alone, those of other days too', () => {
		const where = journalPath();
		new JournalWriter(where, clockAt('2026-11-27T10:00:00Z')).append(record('run'));
		const full = join(where, '2026-11-28-3.jsonl');
		writeFileSync(full, '\n'.repeat(8 * 1024 * 1024));
		new JournalWriter(where, today).append(record('summary'));
		expect(readdirSync(where).sort()).toEqual([
			...['2026-11-27.jsonl', '2026-11-28-3.jsonl', '2026-11-28-4.jsonl'],
		]);
	});

	test('give back what was written last, as far as so many bytes hold it', () => {
		const where = journalPath();
		expect(recentRecords(where, 100)).toEqual([]);
		const writer = new JournalWriter(where, today);
		for (const run of ['ä'.repeat(500), 'b', 'c']) writer.append(record('summary', { run }));
		writer.close();
		const runs = (bytes: number) =>
			recentRecords(where, bytes).map((one) => 'run' in one && one.run);
		expect(runs(300)).toEqual(['b', 'c']);
		expect(runs(1_000_000)).toHaveLength(3);
	});

	test('are counted and sized where they are removed', () => {
		const where = journalPath();
		new JournalWriter(where, clockAt('2026-10-01T00:00:00Z')).append(record('summary'));
		new JournalWriter(where, clockAt('2026-10-02T00:00:00Z')).append(record('summary'));
		const bytes = segmentsIn(where).reduce((sum, one) => sum + one.bytes, 0);
		const writer = new JournalWriter(where, today);
		writer.append(record('run'));
		expect(writer.prune()).toEqual({ files: 2, bytes });
		expect(prune(where, today.now())).toEqual({ files: 0, bytes: 0 });
		expect(runsIn(where)).toEqual(['r1']);
		expect(prunedText({ files: 1, bytes: 9_100_000 })).toBe('1 file, 9.1 MB');
		expect(prunedText({ files: 2, bytes: 0 })).toBe('2 files, 0.0 MB');
	});

	test('fill 64 MB to the byte, and nothing older than what is over that is kept', () => {
		const segment = (file: string, bytes: number) => ({ file, day: '2026-11-28', part: 1, bytes });
		const of = (...sizes: number[]) =>
			overdue(
				sizes.map((bytes, at) => segment(String(at), bytes)),
				today.now(),
			).map(({ file }) => file);
		expect(bounds.bytes).toBe(67_108_864);
		expect(of(bounds.bytes - 1, 1)).toEqual([]);
		expect(of(1, bounds.bytes, 1)).toEqual(['0', '1']);
	});

	test('are told by how many of their lines could not be read', () => {
		const text = ['{"at":5}', '{}', '7', '{"at":"now","v":0}', '', 'x'].join('\n');
		expect(recordsIn(text, 'a')).toEqual({
			records: [],
			damage: ['a: 4 lines that no whole record is in', 'a: 1 line of another version of callsim'],
		});
	});
});

describe('a process', () => {
	test('lives as long as it is that very one', () => {
		const mark = ownMark();
		expect(mark.pid).toBe(process.pid);
		// Of its fields, the name that may hold blanks is the second, the start the twenty-second.
		const stat = existsSync('/proc/self/stat') ? readFileSync('/proc/self/stat', 'utf8') : '';
		expect(mark.started).toBe(stat.replace(/\(.*\)/s, 'name').split(' ')[21] ?? null);
		expect(isAlive(mark)).toBe(true);
		expect(isAlive({ ...mark, started: null })).toBe(true);
		expect(isAlive({ ...mark, started: '1' })).toBe(false);
		expect(isAlive({ pid: 2 ** 22 + 1, started: null })).toBe(false);
	});

	test('goes on with a run alone, and gives it back', () => {
		const where = journalPath();
		const release = lockRun(where, 'r1', ownMark());
		expect(statSync(where).mode & 0o777).toBe(0o700);
		expect(() => lockRun(where, 'r1', ownMark())).toThrow(
			expect.objectContaining({
				...{ code: 'usage', hint: 'Wait for it, or stop it first.' },
				message: `r1 is being resumed already (process ${process.pid})`,
			}),
		);
		lockRun(where, 'r2', ownMark())();
		release();
		release();
		expect(readdirSync(where)).toEqual([]);
		lockRun(where, 'r1', ownMark());
		expect(JSON.parse(readFileSync(join(where, 'r1.lock'), 'utf8'))).toEqual(ownMark());
	});

	test.each(['{"pid": 4194305, "started": null}', '{"pi', ''])(
		'takes the place of one that died, and left %j',
		(left) => {
			const where = journalPath();
			makeFolder(where);
			writeFileSync(join(where, 'r1.lock'), left);
			lockRun(where, 'r1', ownMark())();
			expect(existsSync(join(where, 'r1.lock'))).toBe(false);
		},
	);

	test('is told what the system has against a lock', () => {
		const where = journalPath();
		makeFolder(where);
		expect(() => lockRun(where, 'no/folder', ownMark())).toThrow(/ENOENT/);
		mkdirSync(join(where, 'r1.lock'));
		expect(() => lockRun(where, 'r1', ownMark())).toThrow();
	});
});
