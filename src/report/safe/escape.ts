/** Control and format characters, directions of text included: what could rewrite a screen. */
const unsafe = /(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A command to GitHub's runner, which reads these three characters anywhere in a line of a log. */
const runnerCommand = '##[';

/** Text of others, safe for a terminal and a CI's log: what is unprintable is spelled out. */
export function printable(text: string): string {
	return text
		.replaceAll('\r\n', '\n')
		.replace(unsafe, (character) => {
			const code = character.codePointAt(0) ?? 0;
			if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
			return code < 0x10000
				? `\\u${code.toString(16).padStart(4, '0')}`
				: `\\u{${code.toString(16)}}`;
		})
		.replaceAll(runnerCommand, '##\\x5b');
}

/** JSON in which those characters are escapes too: the same document, safe to look at. */
export function safeJson(value: unknown): string {
	return JSON.stringify(value).replace(unsafe, asUnits).replaceAll(runnerCommand, '##\\u005b');
}

/** The same on one line. */
export function printableLine(text: string): string {
	return printable(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

/**
 * What is about to be written, whole lines and our own colours: the last door, where somebody has
 * forgotten to spell out what others wrote. JSON stays the same document.
 */
export function spelledOut(text: string): string {
	return text.replace(unsafeButOurs, (character, ours?: string) => ours ?? asUnits(character));
}

/** Colours, and how a countdown takes itself back. */
const unsafeButOurs = new RegExp(`(\\r?\\u001b\\[(?:[\\d;]*m|K|1A))|${unsafe.source}`, 'gu');

function asUnits(character: string): string {
	return character.replace(
		/[\s\S]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
