import stringWidth from 'fast-string-width';

interface Folding {
	/** What the first line begins with. */
	readonly first?: string;
	/** What every other line begins with. */
	readonly prefix: string;
	/** So few blanks do for a word that is too wide behind the prefix. */
	readonly least?: number;
}

/** A dot stays with the word before it, an arrow with what it points at; `a|b|c` are three. */
const text = '(?:[^\\s|]*\\|(?=[^\\s|])|\\S+)(?: ·(?= ))?';
const oneText = new RegExp(`(\\s*)(${text})`, 'g');
const arrowOrText = new RegExp(`(\\s*)((?:[→←] (?=\\S))?${text})`, 'g');

/** Broken between words. */
export function foldedText(line: string, columns: number, folding: Folding): string {
	return folded(fitting(line, [arrowOrText, oneText], columns), columns, folding).join('\n');
}

/** A word of a shell: between quotes a line end would be part of it. */
const word = `(?:'[^']*'|"[^"]*"|[^\\s'"]|['"])+`;
const oneWord = new RegExp(`(\\s*)(${word})`, 'g');
/** A flag stands with its value. */
const flagOrWord = new RegExp(`(\\s*)((?:--?[\\w-]+ (?=[^\\s-]))?${word})`, 'g');

/** A command line, broken so that a shell still reads it as one. */
export function foldedCommand(line: string, columns: number, folding: Folding): string {
	const words = fitting(line, [flagOrWord, oneWord], columns - 2);
	return folded(words, columns - 2, folding).join(' \\\n');
}

/** What belongs together stays so, as long as there is room for it. */
const fitting = (line: string, [together, apart]: readonly [RegExp, RegExp], columns: number) =>
	[...line.matchAll(together)].flatMap((found) =>
		stringWidth(found[2] ?? '') <= columns ? [found] : [...found[0].matchAll(apart)],
	);

function folded(
	words: Iterable<RegExpMatchArray>,
	columns: number,
	{ first = '', prefix, least = prefix.length }: Folding,
): string[] {
	const below = (word: string) => {
		const isFree = prefix.trim() === '' && stringWidth(prefix + word) > columns;
		if (!isFree) return prefix + word;
		return ' '.repeat(Math.min(least, Math.max(0, columns - stringWidth(word)))) + word;
	};
	const lines: string[] = [];
	let last: string | undefined;
	for (const [whole, , word = ''] of words) {
		if (last === undefined) last = first + whole;
		else if (stringWidth(last + whole) <= columns) last += whole;
		else {
			lines.push(last);
			last = below(word);
		}
	}
	return last === undefined ? lines : [...lines, last];
}
