import { entities } from './safe/entities.ts';

/** Where it stands in a page, a line ends. */
const block =
	/^(address|article|aside|blockquote|body|br|button|center|dd|div|dl|dt|fieldset|footer|form|h[1-6]|head|header|hr|html|li|main|nav|ol|option|p|pre|section|summary|table|tbody|td|th|thead|title|tr|ul)$/i;

/** What is in them is for the browser. */
const unseen = /^(script|style|svg|template|iframe)$/i;

/**
 * An HTML page, a piece at a time: a comment or declaration, a tag with its name, a text.
 * A page may be cut off anywhere, and what only looks like a tag is text.
 */
const pieces =
	/<!--[\s\S]*?(?:-->|$)|<[!?][^>]*(?:>|$)|<(\/?)([a-z][\w:-]*)([^>"']|"[^"]*"|'[^']*'){0,2000}>|[^<]+|</gi;

/**
 * The text of an HTML page as somebody reads it in a browser: title, headings, paragraphs, the
 * lines of a stack. Without a line where scripts have to make it.
 */
export function readableHtml(html: string): string[] {
	let text = '';
	let unseenIn: string | undefined;
	let isAsWritten = false;
	for (const [piece, slash, name] of html.replace(cutOff, '').matchAll(pieces)) {
		if (name === undefined) {
			if (unseenIn === undefined && !/^<[!?]/.test(piece))
				text += isAsWritten ? piece : piece.replace(/\s+/g, ' ');
			continue;
		}
		const isEnd = slash === '/';
		if (unseenIn !== undefined) {
			if (isEnd && name.toLowerCase() === unseenIn) unseenIn = undefined;
		} else if (unseen.test(name) && !isEnd && !piece.endsWith('/>')) unseenIn = name.toLowerCase();
		if (/^pre$/i.test(name)) isAsWritten = !isEnd;
		if (block.test(name)) text += '\n';
	}
	const lines = text
		.split('\n')
		.map((line) => decoded(line).replace(/\s+/g, ' ').trim())
		.filter((line) => line !== '');
	// A heading repeats the title, and an error its name.
	return lines.filter((line, at) => !lines[at + 1]?.startsWith(line));
}

/** A tag that the end of what was read is in. */
const cutOff = /<\/?[a-z][^<>]*$/i;

const decoded = (text: string): string =>
	text.replace(/&(#?\w{1,31});/g, (whole, name: string) => {
		const code = name.startsWith('#') ? codeOf(name.slice(1)) : entities.get(name);
		return code === undefined ? whole : String.fromCodePoint(code);
	});

/** `39`, `x27` */
function codeOf(number: string): number | undefined {
	const code = /^x/i.test(number) ? Number(`0${number}`) : Number(number);
	return Number.isInteger(code) && code > 0 && code <= 0x10_ffff ? code : undefined;
}
