import { existsSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { makeFolder } from '../journal/make-folder.ts';
import { Problem } from '../model/problem.ts';
import { printableLine } from '../report/safe/escape.ts';

export interface NewFile {
	/** As it is told: seen from where the command was given. */
	readonly path: string;
	/** False where a file was there already: it is never overwritten. */
	readonly written: boolean;
}

/** Writes what is not there yet: all of it, or nothing. @throws Problem `output-unwritable` */
export function writeNewFiles(
	files: readonly (readonly [path: string, text: string])[],
	cwd: string,
): NewFile[] {
	const made: string[] = [];
	try {
		return files.map(([path, text]) => {
			made.push(...absent(dirname(path)));
			const written = writeNew(path, text);
			if (written) made.push(path);
			return { path: relative(cwd, path), written };
		});
	} catch (error) {
		for (const path of made.toReversed()) remove(path);
		throw error;
	}
}

/** A folder and those above it that are not there, the outermost first. */
const absent = (folder: string): string[] =>
	existsSync(folder) ? [] : [...absent(dirname(folder)), folder];

/** What was made a moment ago; a folder only while nobody has put something into it. */
function remove(path: string): void {
	try {
		if (statSync(path).isDirectory()) rmdirSync(path);
		else rmSync(path);
	} catch {
		// The first problem is the one to tell.
	}
}

export const toldFiles = (files: readonly NewFile[]): string =>
	files
		.map(({ path, written }) =>
			written
				? `wrote ${printableLine(path)}\n`
				: `kept  ${printableLine(path)} (it was there already)\n`,
		)
		.join('');

function writeNew(path: string, text: string): boolean {
	const unwritable = (cause: unknown) =>
		new Problem(
			'output-unwritable',
			`cannot write "${path}" (${(cause as NodeJS.ErrnoException).code})`,
			{
				hint: 'Check the folder.',
				cause,
			},
		);
	try {
		makeFolder(dirname(path));
	} catch (cause) {
		throw unwritable(cause);
	}
	try {
		writeFileSync(path, text, { flag: 'wx' });
		return true;
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'EEXIST' && !isFolder(path)) return false;
		throw unwritable(cause);
	}
}

/** Of files that were kept: those that say something else than what would have been written. */
export function othersAmong(
	files: readonly (readonly [path: string, text: string])[],
	told: readonly NewFile[],
): string[] {
	return told
		.filter(({ written }, at) => {
			const [path, text] = files[at] ?? ['', ''];
			return !written && !isSame(path, text);
		})
		.map(({ path }) => path);
}

const isFolder = (path: string): boolean =>
	statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function isSame(path: string, text: string): boolean {
	try {
		return readFileSync(path, 'utf8') === text;
	} catch {
		return false;
	}
}
