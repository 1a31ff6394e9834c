import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One file of the journal: a day, or a further part of one. */
export interface Segment {
	readonly file: string;
	/** `2026-11-28` */
	readonly day: string;
	/** From 1. */
	readonly part: number;
	readonly bytes: number;
}

const name = /^(\d{4}-\d\d-\d\d)(?:-(\d+))?\.jsonl$/;

export const segmentFile = (folder: string, day: string, part: number): string =>
	join(folder, part === 1 ? `${day}.jsonl` : `${day}-${part}.jsonl`);

/**
 * The journal's files, oldest first; whatever else lies in the folder is nobody's business. None
 * where there is no folder.
 *
 * @throws the system's error where it cannot be read
 */
export function segmentsIn(folder: string): Segment[] {
	return namesIn(folder)
		.flatMap((entry) => {
			const [, day, part = '1'] = name.exec(entry) ?? [];
			if (day === undefined) return [];
			const file = join(folder, entry);
			const found = statSync(file, { throwIfNoEntry: false });
			// Another process may prune at this moment.
			return found?.isFile() === true ? [{ file, day, part: Number(part), bytes: found.size }] : [];
		})
		.sort((a, b) => byText(a.day, b.day) || a.part - b.part);
}

/** `localeCompare` would load the tables of all languages, 13 ms of every start that is kept. */
const byText = (a: string, b: string): number => Number(a > b) - Number(a < b);

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw error;
	}
}
