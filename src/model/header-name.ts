/** Headers that are made from the request itself: what is written there would contradict it. */
const ofTheRequest =
	/^(content-length|transfer-encoding|connection|host|expect|upgrade|keep-alive)$/i;

/** RFC 9110, section 5.6.2. */
export const isHeaderName = (text: string): boolean => /^[!#$%&'*+.^_`|~\w-]+$/.test(text);
export const isOfTheRequest = (name: string): boolean => ofTheRequest.test(name);

/** Headers that carry credentials as a rule: sent, and masked in all that is printed. */
export function isConfidential(headerName: string): boolean {
	return !/^(x-)?idempotency-key$/i.test(headerName) && confidential.test(headerName);
}

/** An author, and an authority, are not about authentication. */
const confidential =
	/auth(?!or(?!i[sz]))|cookie|credential|jwt|key|passphrase|passw|pwd|secret|session|token/i;
