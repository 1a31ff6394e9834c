import { Problem } from './problem.ts';

/**
 * The text of a file that a person wrote: UTF-8, or UTF-16 where its byte order mark says so;
 * without that mark.
 * @param path is told
 * @throws Problem `file-unreadable` for any other encoding: a key with replaced characters signs
 * nothing
 */
export function textOfFile(bytes: Uint8Array, path: string): string {
	const marked = markedUtf16(bytes);
	if (marked === undefined && bytes.includes(0))
		throw notText(path, 'UTF-16 without a byte order mark, or no text at all');
	const text = decoded(bytes, marked ?? 'utf-8');
	if (text === undefined) throw notText(path, marked === undefined ? 'not UTF-8' : 'broken UTF-16');
	return text;
}

const notText = (path: string, what: string) =>
	new Problem('file-unreadable', `"${path}" is ${what}`, { hint: 'Save it as UTF-8.' });

/** The encoding that a byte order mark of UTF-16 tells. */
export function markedUtf16([first, second]: Uint8Array): string | undefined {
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/**
 * Without a byte order mark; undefined where the bytes are not in this encoding, or nobody knows
 * it.
 * @param encoding a label of the WHATWG's
 */
export function decoded(bytes: Uint8Array, encoding: string): string | undefined {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}
