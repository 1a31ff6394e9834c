import { withoutOuterQuotes } from '../model/outer-quotes.ts';
import { Problem } from '../model/problem.ts';
import type { Told } from '../model/words.ts';

/** Where most frameworks listen while one develops. */
export const usualTarget = 'http://localhost:3000/callback';

/**
 * A target as people type it: `localhost:3000/cb`, `:3000`, `3000/cb` mean `http://`.
 * @param what a setting, or a phrase
 * @throws Problem `target-invalid`
 */
export function parseTarget(text: string, what = 'to'): URL {
	const trimmed = text.trim();
	const shown = shownOf(trimmed);
	const refuse = (why: string, hint: Told): never => {
		throw new Problem('target-invalid', (say) => `${say(what)} "${shown}" ${why}`, { hint });
	};
	const usual: Told = (say) => `Write ${say(what, usualTarget)}`;
	if (trimmed === '') refuse('is empty', usual);
	const unquoted = withoutOuterQuotes(trimmed);
	if (unquoted !== undefined)
		refuse(
			'has quotes of its own',
			(say) => `Leave them out (cmd.exe passes single quotes on): ${say(what, shownOf(unquoted))}`,
		);
	const colonless = /^(https?)\/\/(?=[^/])/i.exec(shown);
	if (colonless !== null) {
		const [slashes, named = ''] = colonless;
		const mended = `${named}://${shown.slice(slashes.length)}`;
		refuse(`has no colon behind ${named}`, (say) => `Write ${say(what, mended)}`);
	}
	const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(trimmed)?.[1]?.toLowerCase();
	if (scheme !== undefined && scheme !== 'http' && scheme !== 'https')
		refuse(`is ${scheme}, callbacks go over http or https`, 'Use an http:// or https:// URL.');
	// A single slash, or none, behind the scheme: the parser would take the next word for a host.
	if (/^https?:(?!\/\/[^/])/i.test(trimmed)) refuse('is not a URL', usual);
	if (trimmed.startsWith('/'))
		refuse(
			'names no host',
			(say) => `Write ${say(what, `http://localhost:3000${shown.replace(/^\/+/, '/')}`)}`,
		);
	const url = tryUrl(completed(trimmed, scheme));
	if (url === null || url.hostname === '') return refuse('is not a URL', usual);
	if (url.username !== '' || url.password !== '')
		refuse(
			'holds a user name',
			(say) =>
				`Leave it out; send what the receiver needs with ${say('headers')} or ${say('credentials')}.`,
		);
	if (url.port === '0') refuse('has port 0', 'Name the port your receiver listens on.');
	url.hash = '';
	return url;
}

function completed(text: string, scheme: string | undefined): string {
	if (scheme !== undefined) return text;
	if (/^:\d/.test(text)) return `http://localhost${text}`;
	if (/^\d{1,5}(?=[/?#]|$)/.test(text)) return `http://localhost:${text}`;
	return `http://${text}`;
}

function tryUrl(text: string): URL | null {
	try {
		return new URL(text);
	} catch {
		return null;
	}
}

/** What is repeated to the user must not repeat a password, nor the values of a query. */
function shownOf(text: string): string {
	return text
		.replace(/^(['"`\u2018\u201c]?(?:[a-z][a-z0-9+.-]*:)?[\\/]*).*@/isu, '$1[masked]@')
		.replace(/\?.+$/s, '?…');
}
