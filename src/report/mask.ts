import type { Secret } from '../model/secret.ts';

export type Mask = (text: string) => string;

/**
 * Takes a user's own credentials out of text that somebody else wrote: a receiver may print what it was sent.
 * Simulator credentials are public and stay.
 */
export function maskOf(secrets: readonly Secret[]): Mask {
	const own = secrets.filter((secret) => secret.origin === 'own').sort((a, b) => b.reveal().length - a.reveal().length);
	return (text) => own.reduce((masked, secret) => masked.replaceAll(secret.reveal(), secret.shown()), text);
}
