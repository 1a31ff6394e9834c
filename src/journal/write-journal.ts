import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';
import type { Clock } from '../model/clock.ts';
import { jsonOf } from '../model/value-text.ts';
import { makeFolder } from './make-folder.ts';
import { type Pruned, prune } from './prune.ts';
import type { JournalRecord } from './record.ts';
import { segmentFile, segmentsIn } from './segments.ts';

/** A file is not written to any further once it has grown to this. */
const segmentBytes = 8 * 1024 * 1024;

/**
 * Appends records, each with one write: processes that write to the same file at once do not mix
 * their lines. A blank line before each keeps a torn one from taking the next with it.
 *
 * Whoever reads it is a person who looks for yesterday's callback: it is not synced to the disk, so
 * that a power cut may take the last moments; a killed process loses nothing that was appended.
 */
export class JournalWriter {
	readonly #folder: string;
	readonly #clock: Pick<Clock, 'now'>;
	#open: { fd: number; day: string; bytes: number } | undefined;

	/** @throws the system's error where the folder cannot be made */
	constructor(folder: string, clock: Pick<Clock, 'now'>) {
		this.#folder = folder;
		this.#clock = clock;
		makeFolder(folder, 0o700);
	}

	/** What the bounds left no room for. @throws the system's error */
	prune(): Pruned {
		return prune(this.#folder, this.#clock.now());
	}

	/** @throws the system's error; the record is lost then, whole or in part */
	append(record: JournalRecord): void {
		const bytes = Buffer.from(`\n${textOf(record)}\n`);
		const segment = this.#segment();
		const written = writeSync(segment.fd, bytes);
		segment.bytes += written;
		if (written < bytes.length)
			throw Object.assign(new Error('no space left for a whole record'), { code: 'ENOSPC' });
	}

	close(): void {
		if (this.#open !== undefined) closeSync(this.#open.fd);
		this.#open = undefined;
	}

	#segment() {
		const day = new Date(this.#clock.now()).toISOString().slice(0, 10);
		const present = this.#open;
		if (present !== undefined && present.day === day && present.bytes < segmentBytes)
			return present;
		this.close();
		const last = segmentsIn(this.#folder)
			.filter((segment) => segment.day === day)
			.at(-1);
		const isFull = last !== undefined && last.bytes >= segmentBytes;
		const part = (last?.part ?? 1) + (isFull ? 1 : 0);
		const fd = openSync(segmentFile(this.#folder, day, part), 'a', 0o600);
		this.#open = { fd, day, bytes: fstatSync(fd).size };
		return this.#open;
	}
}

/** Ids alone may be numbers that JavaScript would print otherwise; keeping them takes time. */
const textOf = (record: JournalRecord): string =>
	record.type === 'delivery'
		? JSON.stringify({ ...record, ids: undefined }).replace(/}$/, `,"ids":${jsonOf(record.ids)}}`)
		: JSON.stringify(record);
