import stringWidth from 'fast-string-width';

interface Folding {
	/** What the first line begins with. */
	readonly first?: string;
	/** What every other line begins with. */
	readonly prefix: string;
	/** So few blanks do for a word that is too wide behind the prefix. */
	readonly least?: number;
}

/** Broken between words. */
export function foldedText(line: string, columns: number, folding: Folding): string {
	// A dot between two words stays with the first.
	const words = line.matchAll(/(\s*)(\S+(?: ·(?= ))?)/g);
	return folded(words, columns, folding).join('\n');
}

const shellWord = /(\s*)((?:'[^']*'|"[^"]*"|[^\s'"]|['"])+)/g;
const flagAndValue = /(\s*)((?:--?[\w-]+ (?=[^\s-]))?(?:'[^']*'|"[^"]*"|[^\s'"]|['"])+)/g;

/** A command line, broken so that a shell still reads it as one. */
export function foldedCommand(line: string, columns: number, folding: Folding): string {
	// Between quotes a line end would be part of the word; a flag stands with its value if it can.
	const isFitting = ([, , pair = '']: RegExpMatchArray) =>
		stringWidth(folding.prefix + pair) <= columns - 2;
	const words = [...line.matchAll(flagAndValue)].flatMap((pair) =>
		isFitting(pair) ? [pair] : [...pair[0].matchAll(shellWord)],
	);
	return folded(words, columns - 2, folding).join(' \\\n');
}

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
