import { isConfidential } from '../model/header-name.ts';
import type { Header } from '../model/request.ts';
import { Secret } from '../model/secret.ts';

/** The values of headers that are not shown, and what a receiver takes out of those. */
export function headerSecrets(headers: readonly Header[]): Secret[] {
	return headers
		.filter(({ value, shown }) => shown !== value)
		.flatMap(({ name, value }) =>
			[value, ...partsOf(name.toLowerCase(), value)].map(
				(text) => new Secret(name.toLowerCase(), text, 'own'),
			),
		);
}

function partsOf(name: string, value: string): string[] {
	if (name === 'cookie') return value.split(';').flatMap(cookieValue);
	const [, scheme, rest] = /^([\w-]+)\s+(.*)$/s.exec(value) ?? [];
	if (scheme === undefined || rest === undefined || !(isConfidential(name) || schemes.test(scheme)))
		return [];
	return [rest, ...(/^basic$/i.test(scheme) ? loginOf(rest) : parametersOf(rest))];
}

const schemes = /^(basic|bearer|token|apikey|jwt)$/i;

/** As it is sent, and as a framework reads it. */
function cookieValue(pair: string): string[] {
	const value = pair.slice(pair.indexOf('=') + 1).trim();
	return [value, withoutQuotes(value), unescaped(value)];
}

/** The name alone is nobody's secret: it stands in logs, and often is a word like "admin". */
function loginOf(base64: string): string[] {
	const login = Buffer.from(base64, 'base64').toString('utf8');
	const colon = login.indexOf(':');
	return colon < 0 ? [] : [login, login.slice(colon + 1)];
}

/** `Token token="…", nonce="…"`, `ApiKey key=…`. */
function parametersOf(text: string): string[] {
	return [...text.matchAll(/([\w-]+)\s*=\s*("[^"]*"|[^\s,;"]+)/g)]
		.filter(([, name = '']) => isConfidential(name))
		.map(([, , value = '']) => withoutQuotes(value));
}

const withoutQuotes = (text: string): string => text.replace(/^"(.*)"$/s, '$1');

function unescaped(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
