import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readJson } from '../model/read-json.ts';
import { isObject } from '../model/value.ts';
import { type JournalRecord, journalVersion } from './record.ts';
import { segmentsIn } from './segments.ts';
import { isWhole } from './whole.ts';

export interface Journal {
	/** In the order in which they were written. */
	readonly records: readonly JournalRecord[];
	/** What could not be read, in words. */
	readonly damage: readonly string[];
}

const kinds: ReadonlySet<unknown> = new Set<JournalRecord['type']>([
	...(['run', 'resumed', 'delivery', 'trying', 'attempt', 'waiting', 'finished'] as const),
	...(['summary', 'received', 'checked', 'pruned'] as const),
]);

/** All that is whole and known; a torn line costs itself alone. @throws the system's error */
export function readJournal(folder: string): Journal {
	const read = segmentsIn(folder).map(({ file }) =>
		recordsIn(readFileSync(file, 'utf8'), basename(file)),
	);
	return {
		records: read.flatMap(({ records }) => records),
		damage: read.flatMap(({ damage }) => damage),
	};
}

/** The same of one file's text. */
export function recordsIn(text: string, file: string): Journal {
	const records: JournalRecord[] = [];
	let torn = 0;
	let others = 0;
	for (const line of text.split('\n')) {
		if (line === '') continue;
		const record = recordIn(line);
		if (record === undefined) torn++;
		else if (record === 'other') others++;
		else records.push(record);
	}
	const lines = (count: number) => (count === 1 ? '1 line' : `${count} lines`);
	return {
		records,
		damage: [
			...(torn === 0 ? [] : [`${file}: ${lines(torn)} that no whole record is in`]),
			...(others === 0 ? [] : [`${file}: ${lines(others)} of another version of callsim`]),
		],
	};
}

function recordIn(line: string): JournalRecord | 'other' | undefined {
	try {
		const value = readJson(line);
		if (!isObject(value) || typeof value['at'] !== 'string') return undefined;
		if (value['v'] !== journalVersion || !kinds.has(value['type'])) return 'other';
		return isWhole(value) ? (value as unknown as JournalRecord) : undefined;
	} catch {
		return undefined;
	}
}
