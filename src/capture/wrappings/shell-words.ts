/** What `$'…'` may hold behind a backslash. */
const escapes: Readonly<Record<string, string>> = {
	n: '\n',
	r: '\r',
	t: '\t',
	"'": "'",
	'"': '"',
	'\\': '\\',
};

/** One piece of a word: quoted in either way, escaped, or plain. */
const piece =
	/\$'((?:[^'\\]|\\[\s\S])*)'|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\]+)/y;

/** A command line as a shell takes it apart; undefined where a quote is not closed. */
export function shellWords(line: string): string[] | undefined {
	const words: string[] = [];
	let word: string | undefined;
	for (let at = 0; at < line.length; ) {
		const blank = /\s+|\\\r?\n|`\r?\n/y;
		blank.lastIndex = at;
		const space = blank.exec(line);
		if (space !== null) {
			// A line that goes on does not end its word.
			if (word !== undefined && /^\s/.test(space[0])) {
				words.push(word);
				word = undefined;
			}
			at += space[0].length;
			continue;
		}
		piece.lastIndex = at;
		const found = piece.exec(line);
		if (found === null) return undefined;
		const [all, ansi, single, double, escaped, plain] = found;
		const text =
			(ansi === undefined ? undefined : unescaped(ansi)) ??
			single ??
			double?.replace(/\\\r?\n/g, '').replace(/\\(["\\$`])/g, '$1') ??
			escaped ??
			plain ??
			'';
		word = (word ?? '') + text;
		at += all.length;
	}
	return word === undefined ? words : [...words, word];
}

function unescaped(text: string): string {
	return text.replace(
		/\\(?:u([0-9a-f]{1,4})|x([0-9a-f]{1,2})|([\s\S]))/gi,
		(all, unicode, hex, letter) => {
			const code: string | undefined = unicode ?? hex;
			return code === undefined
				? (escapes[letter as string] ?? all)
				: String.fromCharCode(Number.parseInt(code, 16));
		},
	);
}
