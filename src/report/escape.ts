/** Control, format and direction-changing characters: what a receiver could use to rewrite the screen. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Text of somebody else, safe for a terminal: line breaks and tabs stay, everything else unprintable is spelled out. */
export function printable(text: string): string {
	return text.replaceAll('\r\n', '\n').replace(unsafe, (character) => {
		const code = character.charCodeAt(0);
		return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
	});
}

/** The same on one line. */
export function printableLine(text: string): string {
	return printable(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}
