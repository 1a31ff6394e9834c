import type { Secret } from '../../model/secret.ts';
import { cutMark, type Found, foundIn, indexOf, type NeedleIndex } from './find-secrets.ts';
import { needlesOf } from './needles.ts';

/** Takes what must not be shown out of a text. */
export type Mask = (text: string) => string;

/**
 * Takes a user's own credentials out of text that somebody else wrote: a receiver may print what it
 * was sent, as it is or as JSON, HTML, part of a URL, base64 or hex. Simulator credentials are
 * public and stay.
 */
export function maskOf(secrets: readonly Secret[]): Mask {
	const known = new KnownSecrets();
	known.learn(secrets);
	return known.mask;
}

/** The own credentials of a command, those of a step known when its time has come. */
export class KnownSecrets {
	readonly #secrets = new Map<string, Secret>();
	#index: NeedleIndex | undefined;

	learn(secrets: readonly Secret[]): void {
		for (const secret of secrets) {
			if (secret.origin === 'simulator' || this.#secrets.has(secret.reveal())) continue;
			this.#secrets.set(secret.reveal(), secret);
			this.#index = undefined;
		}
	}

	/** With everything that has been learnt until it is called. */
	readonly mask: Mask = (text) => {
		if (this.#secrets.size === 0) return text;
		this.#index ??= indexOf([...this.#secrets.values()].flatMap(needlesOf));
		return masked(text, this.#index);
	};
}

function masked(text: string, index: NeedleIndex): string {
	let shown = '';
	let from = 0;
	for (const found of foundIn(text, index)) {
		// A text that was masked before stays as it is, also where the key is a word such as "secret".
		if (isMasked(text, found)) continue;
		shown += text.slice(from, found.start) + found.shown;
		from = found.end;
	}
	return from === 0 ? text : shown + text.slice(from);
}

function isMasked(text: string, { start, end, shown }: Found): boolean {
	const first = Math.max(0, start + 1 - shown.length);
	const from = first + text.slice(first, start + 1).lastIndexOf('[');
	return from >= first && from + shown.length >= end && text.startsWith(shown, from);
}

/**
 * The same for bytes that may be no text: credentials are found in them byte by byte.
 * @param isCut whether there was more: the beginning of a credential may be all that is left
 */
export function maskBytes(bytes: Uint8Array, mask: Mask, isCut = false): Uint8Array {
	const text = Buffer.from(bytes).toString('latin1');
	const shown = isCut ? mask(text + cutMark).slice(0, -cutMark.length) : mask(text);
	return shown === text ? bytes : Buffer.from(shown, 'latin1');
}
