import type { Random } from '../model/clock.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Bytes that would favour some characters are dropped: every character is equally likely. */
function pick(count: number, from: string, random: Random): string {
	const limit = 256 - (256 % from.length);
	let text = '';
	while (text.length < count) {
		for (const byte of random.bytes(count - text.length))
			if (byte < limit) text += from[byte % from.length];
	}
	return text;
}

export const digits = (count: number, random: Random): string =>
	pick(count, alphabet.slice(0, 10), random);
export const base62 = (count: number, random: Random): string => pick(count, alphabet, random);
export const hex = (count: number, random: Random): string =>
	pick(count, '0123456789abcdef', random);

/** Version 4, RFC 9562. */
export function uuid(random: Random): string {
	const text = hex(32, random);
	const variant = pick(1, '89ab', random);
	return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-${variant}${text.slice(17, 20)}-${text.slice(20)}`;
}
