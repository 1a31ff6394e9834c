import { rmSync } from 'node:fs';
import { type Segment, segmentsIn } from './segments.ts';

export const bounds = { bytes: 64 * 1024 * 1024, days: 30 };

/** The files that are too old, or that the bound on the whole leaves no room for; oldest first. */
export function overdue(segments: readonly Segment[], now: number): Segment[] {
	const first = new Date(now - bounds.days * 86_400_000).toISOString().slice(0, 10);
	let room = bounds.bytes;
	const kept = new Set<Segment>();
	for (const segment of [...segments].reverse()) {
		room -= segment.bytes;
		// The newest is being written to, whatever its size.
		if (kept.size === 0 || (room >= 0 && segment.day >= first)) kept.add(segment);
		else room = -1;
	}
	return segments.filter((segment) => !kept.has(segment));
}

export interface Pruned {
	readonly files: number;
	readonly bytes: number;
}

/** @param now epoch milliseconds @throws the system's error */
export function prune(folder: string, now: number): Pruned {
	const old = overdue(segmentsIn(folder), now);
	for (const { file } of old) rmSync(file, { force: true });
	return { files: old.length, bytes: old.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** `2 files, 9.1 MB` */
export const prunedText = ({ files, bytes }: Pruned): string =>
	`${files === 1 ? '1 file' : `${files} files`}, ${(bytes / 1e6).toFixed(1)} MB`;
