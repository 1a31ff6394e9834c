import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { Problem } from '../model/problem.ts';

export function readBytes(path: string): Uint8Array {
	try {
		return readFileSync(path);
	} catch (cause) {
		throw new Problem('file-unreadable', `cannot read "${path}" (${(cause as NodeJS.ErrnoException).code})`, {
			hint: 'Check the path.',
			cause,
		});
	}
}

/** `@file` or `-`; for `--body` also the text itself. @throws Problem `file-unreadable`, `usage` */
export async function readGiven(
	argument: string,
	flag: string,
	stdin: Readable & { isTTY?: boolean },
	allowText: boolean,
): Promise<Uint8Array> {
	if (argument.startsWith('@')) return readBytes(argument.slice(1));
	if (argument !== '-') {
		if (allowText) return Buffer.from(argument, 'utf8');
		throw new Problem('usage', `${flag} takes @file or - (standard input)`, {
			hint: `Write ${flag} @file, or pipe the bytes in: … | callsim … ${flag} -`,
		});
	}
	if (stdin.isTTY === true)
		throw new Problem('usage', `${flag} - reads standard input, which is a terminal`, {
			hint: `Pipe something in, or name a file: ${flag} @file`,
		});
	const reading = readOnce.get(stdin) ?? wholeOf(stdin);
	readOnce.set(stdin, reading);
	return reading;
}

/** Standard input can be read once, and several events may be given the same body. */
const readOnce = new WeakMap<Readable, Promise<Buffer>>();

async function wholeOf(stream: Readable): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
	return Buffer.concat(chunks);
}
