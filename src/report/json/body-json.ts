import type { Body } from '../../model/contract/exchange.ts';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const limit = 64 * 1024;

/** Text where it is UTF-8, else base64, and whether it was cut. @param most bytes that are shown */
export function bodyFields(
	bytes: Uint8Array = new Uint8Array(),
	wasCut = false,
	most = limit,
): Body {
	const shown = bytes.subarray(0, most);
	const isCut = wasCut || shown.length < bytes.length;
	const text = decoded(shown, isCut);
	const truncated = isCut ? true : undefined;
	return text === undefined
		? { bodyBase64: Buffer.from(shown).toString('base64'), truncated }
		: { body: text, truncated };
}

/** Undefined when the bytes are no text. A cut may fall inside a character, which is dropped. */
function decoded(bytes: Uint8Array, wasCut: boolean): string | undefined {
	for (let drop = 0; drop <= (wasCut ? 3 : 0); drop++) {
		try {
			return strictUtf8.decode(bytes.subarray(0, bytes.length - drop));
		} catch {
			// Try with one byte less, as long as a cut can explain it.
		}
	}
	return undefined;
}
