/** One shell word, whatever is in it. */
export function quoted(text: string): string {
	return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

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
