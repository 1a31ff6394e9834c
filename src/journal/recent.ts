import { closeSync, openSync, readSync } from 'node:fs';
import { recordsIn } from './read-journal.ts';
import type { JournalRecord } from './record.ts';
import { segmentsIn } from './segments.ts';

/**
 * What was written last, as far as so many bytes hold it, oldest first: for what has to be quick.
 *
 * @throws the system's error
 */
export function recentRecords(folder: string, bytes: number): readonly JournalRecord[] {
	const last = segmentsIn(folder).at(-1);
	if (last === undefined) return [];
	const length = Math.min(bytes, last.bytes);
	const tail = Buffer.alloc(length);
	const file = openSync(last.file, 'r');
	try {
		readSync(file, tail, 0, length, last.bytes - length);
	} finally {
		closeSync(file);
	}
	return recordsIn(tail.toString('utf8'), last.file).records;
}
