import { closeSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { Problem } from '../model/problem.ts';

/** So many characters are written at once. */
const chunk = 64 * 1024;

/** References, one a line; there is no file before the first of them. */
export class UnacknowledgedFile {
	readonly path: string;
	/** Lines so far. */
	count = 0;
	#lines: string[] = [];
	#length = 0;
	#file: number | undefined;

	constructor(path: string, cwd: string) {
		this.path = resolve(cwd, path);
	}

	/** @throws Problem `output-unwritable` */
	add(reference: string): void {
		this.count++;
		this.#lines.push(`${reference}\n`);
		this.#length += reference.length + 1;
		if (this.#length > chunk) this.#write();
	}

	/** @throws Problem `output-unwritable` */
	close(): void {
		if (this.#lines.length > 0) this.#write();
		if (this.#file !== undefined) closeSync(this.#file);
		this.#file = undefined;
	}

	#write(): void {
		try {
			this.#file ??= openSync(this.path, 'w');
			writeSync(this.#file, this.#lines.join(''));
		} catch (cause) {
			const { code } = cause as NodeJS.ErrnoException;
			throw new Problem('output-unwritable', `cannot write "${this.path}" (${code})`, {
				hint: 'Name another file with --unacknowledged.',
				cause,
			});
		}
		this.#lines = [];
		this.#length = 0;
	}
}
