/** One word of any shell, whatever is in it. */
export function quoted(text: string): string {
	return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** One word on one line that is shown, of a shell such as bash: nothing in it moves a cursor. */
export function shownWord(text: string): string {
	if (!unseen.test(text)) return quoted(text);
	const spelled = text
		.replace(/[\\']/g, '\\$&')
		.replace(new RegExp(unseen, 'gu'), (character) =>
			[...Buffer.from(character)]
				.map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`)
				.join(''),
		);
	return `$'${spelled.replaceAll('\\x0a', '\\n').replaceAll('\\x09', '\\t')}'`;
}

const unseen = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

/** Where in a command a text is put: outside quotes, or inside one kind of them. */
export type ShellPlace = 'bare' | 'single' | 'double';

/** The place behind the beginning of a command. */
export function shellPlace(before: string): ShellPlace {
	let place: ShellPlace = 'bare';
	for (let at = 0; at < before.length; at++) {
		const character = before[at];
		if (place === 'single') {
			if (character === "'") place = 'bare';
		} else if (character === '\\') at++;
		else if (character === '"') place = place === 'double' ? 'bare' : 'double';
		else if (character === "'" && place === 'bare') place = 'single';
	}
	return place;
}

/** A text as it must be written there so that the shell takes every character of it for itself. */
export function insideShell(text: string, place: ShellPlace): string {
	switch (place) {
		case 'bare':
			return text === '' ? "''" : quoted(text);
		case 'single':
			return text.replaceAll("'", `'\\''`);
		case 'double':
			return text.replace(/[\\"$`]/g, '\\$&');
	}
}
