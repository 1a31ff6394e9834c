import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../model/problem.ts';
import { makeFolder } from './make-folder.ts';
import { isAlive } from './process-mark.ts';
import type { ProcessMark } from './record.ts';

/**
 * One process at a time goes on with a run. Whoever died with the lock in hand is passed over.
 *
 * @returns gives it back @throws Problem `usage` where another process has it; the system's error
 */
export function lockRun(folder: string, run: string, mark: ProcessMark): () => void {
	makeFolder(folder, 0o700);
	const file = join(folder, `${run}.lock`);
	for (let tries = 0; tries < 2; tries++) {
		try {
			const fd = openSync(file, 'wx', 0o600);
			writeSync(fd, JSON.stringify(mark));
			closeSync(fd);
			return () => rmSync(file, { force: true });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
		const holder = holderOf(file);
		if (holder !== undefined && isAlive(holder))
			throw new Problem('usage', `${run} is being resumed already (process ${holder.pid})`, {
				hint: 'Wait for it, or stop it first.',
			});
		rmSync(file, { force: true });
	}
	throw new Problem('usage', `${run} is being resumed by another process`, {
		hint: 'Try again in a moment.',
	});
}

/** Undefined where it was written in part: whoever did that is gone. */
function holderOf(file: string): ProcessMark | undefined {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as ProcessMark;
	} catch {
		return undefined;
	}
}
