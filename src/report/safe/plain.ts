import { printable, printableLine } from './escape.ts';

/** Half a surrogate pair has no bytes in UTF-8, and XML forbids both kinds. */
const unwritable = /[\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** Text of others for a file that programs read: what XML or YAML forbid is spelled out. */
export function plainText(text: string): string {
	return printable(text).replace(unwritable, (character) => {
		const code = character.codePointAt(0) ?? 0;
		return code < 0x10000 ? `\\u${code.toString(16)}` : `\\u{${code.toString(16)}}`;
	});
}

/** The same on one line. */
export function plainLine(text: string): string {
	return plainText(printableLine(text));
}

/** At most so many UTF-16 units and a sign that there was more; no pair of surrogates is torn. */
export function shortened(text: string, longest: number): string {
	return text.length <= longest
		? text
		: `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')} …`;
}
