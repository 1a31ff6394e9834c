import { Problem } from '../model/problem.ts';

/**
 * The text of a file that a person wrote: UTF-8, or UTF-16 with a byte order mark, taken off.
 * @param path is told
 * @throws Problem `file-unreadable` for any other encoding: replaced characters sign nothing
 */
export function textOfFile(bytes: Uint8Array, path: string): string {
	const [first, second] = bytes;
	const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
	const encoding = first === 0xfe ? 'utf-16be' : 'utf-16le';
	const text = decoded(bytes, isUtf16 ? encoding : 'utf-8');
	if (text === undefined) throw notText(path, isUtf16 ? 'broken UTF-16' : 'not UTF-8');
	if (text.includes('\0'))
		throw notText(path, 'UTF-16 without a byte order mark, or no text at all');
	return text;
}

/** Takes the mark off. */
function decoded(bytes: Uint8Array, encoding: string): string | undefined {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

const notText = (path: string, what: string) =>
	new Problem('file-unreadable', `"${path}" is ${what}`, { hint: 'Save it as UTF-8.' });
