import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A folder and those above it, as far as they are not there. Node's own `recursive` asks for ever
 * below /proc, where nothing can be made.
 *
 * @param mode of those that are made
 * @throws the system's error
 */
export function makeFolder(folder: string, mode = 0o777): void {
	try {
		made(folder, mode);
	} catch (error) {
		const above = dirname(folder);
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === folder) throw error;
		makeFolder(above, mode);
		made(folder, mode);
	}
}

function made(folder: string, mode: number): void {
	try {
		mkdirSync(folder, { mode });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
}
