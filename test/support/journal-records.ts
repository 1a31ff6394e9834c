import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deliveriesIn, type KnownDelivery } from '../../src/journal/deliveries.ts';
import { recordsIn } from '../../src/journal/read-journal.ts';
import type { JournalRecord } from '../../src/journal/record.ts';

const at = (seconds: number): string =>
	new Date(Date.parse('2026-11-28T10:00:00Z') + seconds * 1000).toISOString();
const answered = { kind: 'answered', status: 200, headers: { x: 'y' }, body: '' };
const schedule = { attempts: 3, pausesMs: [1000, 2000], trust: 'assumed' };
const url = 'http://127.0.0.1:3000/';

/** A whole record of each type; what is given says what it is about, or otherwise. */
export const examples = {
	run: { command: 'fire', title: 'fire', cwd: '/shop', version: '1', process: { pid: 1 } },
	resumed: { process: { pid: 2, started: '7' } },
	delivery: {
		...{
			delivery: 1,
			event: 'iak/success',
			options: ['form'],
			target: url,
			words: ['--set', 'a=1'],
		},
		...{ ids: {}, order: { reference: 'A-1', amount: '10' }, scenario: 'late', step: 1 },
		...{ request: { method: 'POST', url, body: 'a=1' }, schedule },
	},
	trying: { delivery: 1, attempt: 1, offsetMs: 0 },
	attempt: {
		...{ delivery: 1, attempt: 1, offsetMs: 0, headers: { a: 'b', c: ['d'] } },
		...{ outcome: answered, acknowledged: true, reason: 'why' },
	},
	waiting: { delivery: 1, attempt: 2, offsetMs: 1000, waitMs: 500 },
	finished: { delivery: 1, why: 'acknowledged' },
	summary: { exitCode: 0 },
	received: {
		request: { method: 'POST', url: '/', headers: { a: 'b' }, body: 'a=1' },
		...{ event: 'iak/success', genuine: true, cause: null, why: 'it is', answered: 200 },
		...{ repeatOf: null, forwarded: { url, tookMs: 3 } },
	},
	checked: {
		...{ provider: 'iak', target: url, counts: { passed: 1 }, exitCode: 1 },
		rules: [
			{
				...{ rule: 'a', title: 'A', level: 'must', verdict: 'failed', reason: 'r', hint: 'h' },
				...{ why: 'w', source: null, reproduce: 'callsim fire', evidence: [{}] },
			},
		],
	},
	pruned: { files: 2, bytes: 3 },
} as const;

/** @param seconds after ten o'clock */
export function record(
	type: JournalRecord['type'],
	more: Readonly<Record<string, unknown>> = {},
	seconds = 0,
): JournalRecord {
	const run = type === 'pruned' ? {} : { run: 'r1' };
	const all = { v: 1, type, at: at(seconds), ...run, ...examples[type], ...more };
	return all as unknown as JournalRecord;
}

/** The one delivery of which these tell. */
export function deliveryOf(...records: readonly JournalRecord[]): KnownDelivery {
	const [only, ...others] = deliveriesIn(records);
	if (only === undefined || others.length > 0) throw new Error('not one delivery');
	return only;
}

/** Whether a journal with it alone has a whole record. */
export const isRead = (value: unknown): boolean =>
	recordsIn(`${JSON.stringify(value)}\n`, 'a').records.length === 1;

export const journalPath = (): string =>
	join(mkdtempSync(join(tmpdir(), 'callsim-journal-')), 'state', 'callsim');
