/** What is no part of a key, and cannot be seen where one is copied from. */
const invisible = '\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff';
const quotes: readonly (readonly [open: string, close: string, name: string])[] = [
	['"', '"', 'double quotes'],
	["'", "'", 'single quotes'],
	['`', '`', 'backticks'],
	['\u201c', '\u201d', 'typographic quotes'],
	['\u2018', '\u2019', 'typographic quotes'],
];

const blankNames: Readonly<Record<string, string>> = {
	' ': 'blank',
	'\t': 'tab',
	'\n': 'line break',
	'\r': 'line break',
	'\u00a0': 'no-break space',
	'\u200b': 'zero-width space',
	'\ufeff': 'byte order mark',
};

/** What hardly belongs to a key, in words; only told: "a line break at its end" may be meant. */
export function flawsIn(key: string): string[] {
	// A key in PEM form has lines.
	if (key.includes('-----BEGIN')) return [];
	const [, before = '', core = '', after = ''] = outer.exec(key) ?? [];
	const around = quotesAround(core);
	const inner = around === undefined ? core : core.slice(1, -1);
	return [
		...ends(before, 'at its beginning'),
		...ends(after, 'at its end'),
		...(around === undefined ? [] : [`${around} around it`]),
		...ends(/^\s*/u.exec(inner)?.[0] ?? '', 'behind the opening quote'),
		...ends(
			inner.trim() === '' ? '' : (/\s*$/u.exec(inner)?.[0] ?? ''),
			'before the closing quote',
		),
		...hidden(inner.trim()),
	];
}

/** The key as it was probably meant: without what `flawsIn` tells. */
export function cleanedKey(key: string): string {
	if (key.includes('-----BEGIN')) return key;
	const core = key.replace(new RegExp(`[${invisible}]`, 'gu'), '').trim();
	const plain = core.replaceAll('\u00a0', ' ');
	return quotesAround(plain) === undefined ? plain : cleanedKey(plain.slice(1, -1));
}

const edge = `[\\s${invisible}]*`;
const outer = new RegExp(`^(${edge})([^]*?)(${edge})$`, 'u');

function quotesAround(text: string): string | undefined {
	const isBetween = (open: string, close: string) =>
		text.length > 1 && text.startsWith(open) && text.endsWith(close);
	return quotes.find(([open, close]) => isBetween(open, close))?.[2];
}

function ends(blanks: string, where: string): string[] {
	return named(blanks.replaceAll('\r\n', '\n')).map((name) => `${name} ${where}`);
}

function hidden(text: string): string[] {
	const found = text.match(new RegExp(`[\u00a0${invisible}]`, 'gu')) ?? [];
	return named(found.join('')).map((name) => `${name} inside`);
}

/** One name a kind: "two line breaks" are "line breaks". */
function named(characters: string): string[] {
	const kinds = [...characters].map(nameOf);
	return [...new Set(kinds)].map((kind) => {
		const isSeveral = kinds.filter((one) => one === kind).length > 1;
		return isSeveral
			? kind.replace(/^[a-z -]*[a-z]/, '$&s')
			: `a${/^[aeiou]/.test(kind) ? 'n' : ''} ${kind}`;
	});
}

function nameOf(character: string): string {
	const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
	const name = blankNames[character];
	if (name === undefined) return `invisible character (${code})`;
	return /[ \t\n\r]/.test(character) ? name : `${name} (${code})`;
}
