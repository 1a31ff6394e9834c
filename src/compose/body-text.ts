import { decoded, markedUtf16 } from '../model/text-file.ts';

/**
 * The text of a body, whatever it is encoded in: a byte order mark counts first, then UTF-8, then
 * what the content type or an XML declaration says. Without the mark; characters that nothing
 * explains are replaced.
 */
export function bodyText(bytes: Uint8Array, contentType = ''): string {
	const [first, second] = bytes;
	// No text begins with a null character: it is half of one in UTF-16.
	const littleEndian = second === 0 ? 'utf-16le' : undefined;
	const halves = first === 0 ? 'utf-16be' : littleEndian;
	const utf16 = markedUtf16(bytes) ?? halves;
	const utf8 = () => decoded(bytes, 'utf-8');
	const told = () => {
		const label = charsetIn(contentType) ?? declaredIn(bytes);
		return label === undefined ? undefined : decoded(bytes, label);
	};
	const text = utf16 === undefined ? (utf8() ?? told()) : decoded(bytes, utf16);
	return (text ?? Buffer.from(bytes).toString('utf8')).replace(/^\ufeff/, '');
}

const charsetIn = (contentType: string): string | undefined =>
	/;\s*charset\s*=\s*"?([\w:.-]+)/i.exec(contentType)?.[1];

function declaredIn(bytes: Uint8Array): string | undefined {
	const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
	return /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w:.-]+)/.exec(start)?.[1];
}
