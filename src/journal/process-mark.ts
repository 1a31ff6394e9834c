import { readFileSync } from 'node:fs';
import type { ProcessMark } from './record.ts';

export const ownMark = (): ProcessMark => ({ pid: process.pid, started: startOf(process.pid) });

/** Whether that very process still runs, and not another that was given its number. */
export function isAlive({ pid, started }: ProcessMark): boolean {
	try {
		process.kill(pid, 0);
	} catch (error) {
		// One of another user's cannot be signalled, and is there.
		if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
	}
	return started === null || startOf(pid) === started;
}

/** On Linux the 22nd field of its `stat`, behind a name that may hold blanks and brackets. */
function startOf(pid: number): string | null {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
	} catch {
		return null;
	}
}
