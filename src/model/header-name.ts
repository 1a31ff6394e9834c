/** Headers that are made from the request itself: what is written there would contradict it. */
const ofTheRequest =
	/^(content-length|transfer-encoding|connection|host|expect|upgrade|keep-alive)$/i;

/** RFC 9110, section 5.6.2. */
export const isHeaderName = (text: string): boolean => /^[!#$%&'*+.^_`|~\w-]+$/.test(text);
export const isOfTheRequest = (name: string): boolean => ofTheRequest.test(name);
