import stringWidth from 'fast-string-width';
import { foldedCommand, foldedText } from './fold.ts';

/** Colours and the like, which have no width. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they begin with
const paint = /\u001b\[[\d;]*m/g;

/**
 * Text for a screen of so many columns: what is wider is broken between words and goes on below
 * where it began. A word that is wider than the screen stays whole, for whoever copies or opens it.
 */
export function laidOut(text: string, columns: number): string {
	return text
		.split('\n')
		.map((line) => (stringWidth(line) <= columns ? line : fitted(line, columns)))
		.join('\n');
}

/** `    fix        `, `✗ rule  `, `  attempt 1  `: a cell in front of the last one, and its gap. */
const cell = /^\s*(?:next: (?=callsim )|\S+(?: \S+)*?\s{2,}(?=\S))/;

/** Behind a command, and no part of it: `   (two at once must have one effect)`. */
const remark = /\s{2,}(?=\([^()]*\)$)/;

/** What every part of a quoted line begins with: `    │ `, `#1     > `. */
const quote = /^(?:#\d+)?\s+[│<>] +/;

/** A line of a list, a mark before it. */
const mark = /^\s*(?:[✓✗!–-]|\d+\.) /;

/** `    user-agent: callsim`, `  try: …` */
const named = /^\s+[a-z][\w-]*: /i;

function fitted(line: string, columns: number): string {
	const plain = line.replace(paint, '');
	const [quoted] = quote.exec(plain) ?? [];
	if (quoted !== undefined) {
		const [first, rest] = cutAt(line, quoted.length);
		if (!cell.test(plain.slice(quoted.length)))
			return foldedText(rest, columns, { first, prefix: first });
		return laidOut(rest, columns - quoted.length).replace(/^/gm, first);
	}
	const [lead = ''] = /^\s*/.exec(plain) ?? [];
	const behind = remark.exec(plain);
	if (behind !== null && behind.index > lead.length) {
		const [before, after] = cutAt(line, behind.index);
		return laidOut(`${before}\n${blanks(lead.length + 4)}${after.trimStart()}`, columns);
	}
	const [label] = cell.exec(plain) ?? [];
	if (label === undefined) {
		if (isCommand(plain)) return foldedCommand(line, columns, { prefix: blanks(lead.length + 2) });
		const [marked] = mark.exec(plain) ?? [];
		const [first, rest] = cutAt(line, marked?.length ?? 0);
		const indent = marked?.length ?? (named.test(plain) ? lead.length + 2 : lead.length || 2);
		return foldedText(rest, columns, { first, prefix: blanks(indent) });
	}
	const [first, rest] = cutAt(line, label.length);
	if (label.length > columns / 2)
		// No room beside each other: one below the other.
		return laidOut(`${first.trimEnd()}\n${blanks(lead.length + 4)}${rest}`, columns);
	const fold = isCommand(rest.replace(paint, '')) ? foldedCommand : foldedText;
	return fold(line, columns, { prefix: blanks(label.length), least: lead.length + 2 });
}

const blanks = (count: number): string => ' '.repeat(count);

/** A line for a shell, and nothing behind it. */
const isCommand = (plain: string): boolean =>
	/^\s*(?:callsim|curl) (?!.* · )(?=.*(?:^| )--?\w)/.test(plain);

/** A painted line in two, so many characters of its plain text in the first. */
function cutAt(line: string, plainLength: number): [string, string] {
	let left = plainLength;
	let at = 0;
	for (const [part] of line.matchAll(new RegExp(`${paint.source}|[\\s\\S]`, 'g'))) {
		if (left === 0) break;
		if (part.length === 1) left -= 1;
		at += part.length;
	}
	return [line.slice(0, at), line.slice(at)];
}
