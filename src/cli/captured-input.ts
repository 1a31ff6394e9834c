import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { longestCapture } from '../capture/capture.ts';
import { bounded } from '../model/bounded.ts';
import { Problem } from '../model/problem.ts';
import { readStdin } from '../settings/files.ts';
import type { CliContext } from './cli-context.ts';

/**
 * What somebody has a callback in: a file, or standard input for `-` and nothing. No more of it is
 * read than a capture may have, so that a file of any size, or a pipe without end, is told of.
 * @throws Problem `file-unreadable`, `body-invalid`, `usage`
 */
export async function capturedInput(
	file: string | undefined,
	what: string,
	{ cwd, stdin }: Pick<CliContext, 'cwd' | 'stdin'>,
): Promise<Uint8Array> {
	const isFile = file !== undefined && file !== '-';
	if (!isFile) return readStdin(stdin, what, true, longestCapture);
	try {
		return await bounded(createReadStream(resolve(cwd, file)), `"${file}"`, longestCapture);
	} catch (cause) {
		if (cause instanceof Problem) throw cause;
		const { code } = cause as NodeJS.ErrnoException;
		throw new Problem('file-unreadable', `cannot read "${file}" (${code})`, {
			hint: 'Check the path.',
			cause,
		});
	}
}
