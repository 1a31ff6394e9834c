import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { bounded } from '../model/bounded.ts';
import { Problem } from '../model/problem.ts';
import { reading } from '../model/reading.ts';
import type { BodySource, RawBodySource } from '../model/settings.ts';
import type { EngineContext } from './engine-context.ts';

/** @param cwd where a relative path begins @throws Problem `file-unreadable` */
export function readBytes(path: string, cwd = '.'): Uint8Array {
	return reading(`"${path}"`, () => readFileSync(resolve(cwd, path)));
}

/** Whether its mode lets the group or others read it: Windows has none, a pipe is of one's own. */
export function isReadByOthers(path: string): boolean {
	if (process.platform === 'win32') return false;
	const file = statSync(path, { throwIfNoEntry: false });
	return file?.isFile() === true && (file.mode & 0o044) !== 0;
}

/** @param what the setting @throws Problem `file-unreadable`, `usage` */
export async function bodyBytes(
	source: BodySource | RawBodySource,
	what: string,
	{ stdin, cwd }: Pick<EngineContext, 'stdin' | 'cwd'>,
): Promise<Uint8Array> {
	switch (source.kind) {
		case 'text':
			return Buffer.from(source.text, 'utf8');
		case 'bytes':
			return source.bytes;
		case 'file':
			return readBytes(source.path, cwd);
		case 'stdin':
			return readStdin(stdin, what);
	}
}

/**
 * @param what names it where it is a terminal
 * @param isArgument a file is named as it is there, without @
 * @param most bytes
 * @throws Problem `usage`, `body-invalid` where it is longer
 */
export async function readStdin(
	stdin: EngineContext['stdin'],
	what: string,
	isArgument = false,
	most = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
	if (stdin.isTTY === true)
		throw new Problem(
			'usage',
			(say) => `${say(what, '-')} reads standard input, which is a terminal`,
			{
				hint: (say) =>
					`Pipe something in, or name a file: ${say(what, isArgument ? 'file' : '@file')}`,
			},
		);
	const reading = readOnce.get(stdin) ?? bounded(stdin, 'standard input', most);
	readOnce.set(stdin, reading);
	return reading;
}

/** Standard input can be read once, and several events may be given the same body. */
const readOnce = new WeakMap<Readable, Promise<Buffer>>();
