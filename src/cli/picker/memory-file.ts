import { createHash } from 'node:crypto';
import {
	closeSync,
	constants,
	existsSync,
	fstatSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../journal/make-folder.ts';
import { type Memory, memoryIn, memoryText } from './memory.ts';

/** Nothing that is written here is longer. */
const mostBytes = 16 * 1024;

/** Not through a link, and without waiting for whoever writes into a pipe. */
const readOnly = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The folder of the project file, else of the repository, else where one stands. */
export function projectFolder(file: string | undefined, cwd: string): string {
	if (file !== undefined) return dirname(file);
	for (let folder = cwd; ; folder = dirname(folder)) {
		if (existsSync(join(folder, '.git'))) return folder;
		if (dirname(folder) === folder) return cwd;
	}
}

/** Undefined where nothing is kept, or what is kept is not from here: it is never a problem. */
export function readMemory(folder: string | undefined, project: string): Memory | undefined {
	if (folder === undefined) return undefined;
	try {
		const fd = openSync(fileFor(folder, project), readOnly);
		try {
			const found = fstatSync(fd);
			const isOwn = found.uid === (process.getuid?.() ?? found.uid);
			if (!found.isFile() || !isOwn || found.size > mostBytes) return undefined;
			return memoryIn(readFileSync(fd, 'utf8'), project);
		} finally {
			closeSync(fd);
		}
	} catch {
		return undefined;
	}
}

/** Where it cannot be written nothing is remembered, and nobody is bothered with it. */
export function writeMemory(folder: string | undefined, project: string, memory: Memory): void {
	if (folder === undefined) return;
	const file = fileFor(folder, project);
	const part = `${file}.${process.pid}`;
	try {
		makeFolder(dirname(file), 0o700);
		writeFileSync(part, memoryText(memory, project), { mode: 0o600, flag: 'wx' });
		renameSync(part, file);
	} catch {
		if (existsSync(part)) rmSync(part, { force: true });
	}
}

function fileFor(folder: string, project: string): string {
	const name = createHash('sha256').update(project).digest('hex').slice(0, 16);
	return join(folder, 'picker', `${name}.json`);
}
