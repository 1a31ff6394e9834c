import { foldedText } from '../../report/text/fold.ts';

/** Lines that fit, broken between words. */
export const wrappedLines = (text: string, width: number, indent = ''): string[] =>
	foldedText(text, width, { prefix: indent }).split('\n');

/** The words that fit, with a sign that something is left out. */
export function cut(text: string, width: number): string {
	if (text.length <= width) return text;
	const room = text.slice(0, Math.max(0, width - 1));
	const words = /\s/.test(text.charAt(room.length)) ? room : room.replace(/\s+\S*$/, '');
	return `${words.trimEnd()}…`;
}

export interface Window {
	/** The first row that is shown, and the one behind the last. */
	readonly from: number;
	readonly to: number;
}

/** Which of `count` rows are shown: `active` is among them, and they move as little as may be. */
export function windowOn(count: number, active: number, size: number, before: number): Window {
	const most = Math.max(0, count - size);
	const from = Math.min(most, Math.max(0, Math.min(active, Math.max(before, active - size + 1))));
	return { from, to: Math.min(count, from + size) };
}

/** `15 of 28, ↓ more`; nothing where all is seen. @param shown of the options, without headings */
export function counterText(
	shown: number,
	all: number,
	{ from, to }: Window,
	rows: number,
): string {
	if (shown === all) return '';
	const more = `${from > 0 ? '↑' : ''}${to < rows ? '↓' : ''}`;
	return `${shown} of ${all}, ${more} more`;
}
