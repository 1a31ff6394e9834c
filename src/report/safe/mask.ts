import type { Secret } from '../../model/secret.ts';

export type Mask = (text: string) => string;

/**
 * Takes a user's own credentials out of text that somebody else wrote: a receiver may print what it was sent, as it is
 * or as JSON, HTML, part of a URL or base64. Simulator credentials are public and stay.
 */
export function maskOf(secrets: readonly Secret[]): Mask {
	const own = secrets.filter((secret) => secret.origin === 'own');
	// What Basic sends: name and password in one.
	const pairs = own.flatMap((name) =>
		own
			.filter((other) => other !== name)
			.map((other) => ({
				text: Buffer.from(`${name.reveal()}:${other.reveal()}`, 'utf8').toString('base64').replace(/=+$/, ''),
				shown: `[secret:${name.name}:${other.name}]`,
			})),
	);
	const rules = [
		...pairs,
		...own.flatMap((secret) => spellingsOf(secret.reveal()).map((text) => ({ text, shown: secret.shown() }))),
	]
		.sort((a, b) => b.text.length - a.text.length)
		.map(({ text, shown }) => ({ pattern: new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi'), shown }));
	return (text) => rules.reduce((masked, { pattern, shown }) => masked.replace(pattern, () => shown), text);
}

/** The same for bytes that are no text: credentials are found in them byte by byte. */
export function maskBytes(bytes: Uint8Array, mask: Mask): Uint8Array {
	const text = Buffer.from(bytes).toString('latin1');
	const masked = mask(text);
	return masked === text ? bytes : Buffer.from(masked, 'latin1');
}

function spellingsOf(text: string): string[] {
	const json = JSON.stringify(text).slice(1, -1);
	const html = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
	const bytes = Buffer.from(text, 'utf8');
	return [
		...new Set([
			text,
			json,
			json.replaceAll('/', '\\/'),
			html,
			html.replaceAll("'", '&#39;'),
			html.replaceAll("'", '&#039;'),
			encodeURIComponent(text),
			encodeURIComponent(text).replaceAll('%20', '+'),
			bytes.toString('base64').replace(/=+$/, ''),
			bytes.toString('base64url'),
			bytes.toString('latin1'),
		]),
	];
}
