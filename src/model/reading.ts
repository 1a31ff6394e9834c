import { Problem } from './problem.ts';
import type { Told } from './words.ts';

/** @param what is read, as it is told: `"orders.json"` @throws Problem `file-unreadable` */
export function reading<T>(what: string, read: () => T, hint: Told = 'Check the path.'): T {
	try {
		return read();
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		throw new Problem('file-unreadable', `cannot read ${what} (${code})`, { hint, cause });
	}
}
