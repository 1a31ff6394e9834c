import { own } from './own.ts';

/** Headers that are made from the request itself: what is written there would contradict it. */
const ofTheRequest = /^(content-length|transfer-encoding|connection|host|keep-alive)$/i;

/** Headers that would promise what is not done, and what that is. */
const promises: Readonly<Record<string, string>> = {
	expect: 'is not sent: the body goes out at once, and no "100 Continue" is waited for',
	upgrade: 'is not sent: what is spoken stays HTTP/1.1',
};

/** RFC 9110, section 5.6.2. */
export const isHeaderName = (text: string): boolean => /^[!#$%&'*+.^_`|~\w-]+$/.test(text);

/** Why nobody may set a header; undefined where anybody may. */
export const notToBeSet = (name: string): string | undefined =>
	ofTheRequest.test(name) ? 'is made from the request itself' : own(promises, name.toLowerCase());

/** Headers that carry credentials as a rule: sent, and masked in all that is printed. */
export function isConfidential(headerName: string): boolean {
	return !/^(x-)?idempotency-key$/i.test(headerName) && confidential.test(headerName);
}

/** An author, and an authority, are not about authentication. */
const confidential =
	/auth(?!or(?!i[sz]))|cookie|credential|jwt|key|passphrase|passw|pwd|secret|session|token/i;
