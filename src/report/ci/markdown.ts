import { plainLine, plainText, shortened } from '../safe/plain.ts';

/**
 * Text of somebody else within a line or a cell of a table. All that Markdown could read is a
 * numeric entity, which it shows and never obeys; inside `code` GitHub also leaves mentions,
 * addresses, numbers of issues and emoji alone.
 * @param longest in UTF-16 units, before anything is spelled out
 */
export function inlineCode(text: string, longest: number): string {
	const inert = plainLine(shortened(text, longest)).replace(
		/[!-,.:-@[-`{-~]/g,
		(character) => `&#${character.charCodeAt(0)};`,
	);
	return inert === '' ? '' : `<code>${inert}</code>`;
}

/** Text of somebody else as a block, in a fence that no run of backticks in it can close. */
export function codeBlock(text: string, longest: number, language = 'text'): string {
	const plain = plainText(shortened(text, longest));
	const runs = plain.match(/`+/g) ?? [];
	const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
	return `${fence}${language}\n${plain}\n${fence}`;
}
