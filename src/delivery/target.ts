import { Problem } from '../model/problem.ts';

/** Where most frameworks listen while one develops. */
export const usualTarget = 'http://localhost:3000/callback';

/**
 * A target as people type it: `localhost:3000/cb`, `:3000`, `3000/cb` mean `http://`.
 *
 * @throws Problem `target-invalid`
 */
export function parseTarget(text: string, flag = '--to'): URL {
	const trimmed = text.trim();
	const refuse = (why: string, hint: string): never => {
		throw new Problem('target-invalid', `${flag} "${withoutPassword(trimmed).replace(/\?.+$/s, '?…')}" ${why}`, {
			hint,
		});
	};
	if (trimmed === '') refuse('is empty', `Write ${flag} ${usualTarget}`);
	const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(trimmed)?.[1]?.toLowerCase();
	if (scheme !== undefined && scheme !== 'http' && scheme !== 'https')
		refuse(`is ${scheme}, callbacks go over http or https`, 'Use an http:// or https:// URL.');
	// A single slash, or none, behind the scheme: the parser would take the next word for a host.
	if (/^https?:(?!\/\/[^/])/i.test(trimmed)) refuse('is not a URL', `Write ${flag} ${usualTarget}`);
	if (trimmed.startsWith('/'))
		refuse('names no host', `Write ${flag} http://localhost:3000${trimmed.replace(/^\/+/, '/')}`);
	const url = tryUrl(completed(trimmed, scheme));
	if (url === null || url.hostname === '') return refuse('is not a URL', `Write ${flag} ${usualTarget}`);
	if (url.username !== '' || url.password !== '')
		refuse('holds a user name', 'Leave it out; send what the receiver needs with --header or --credential.');
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

/** What is repeated to the user must not repeat a password. */
export function withoutPassword(text: string): string {
	return text.replace(/^((?:[a-z][a-z0-9+.-]*:)?[\\/]*).*@/is, '$1[masked]@');
}
