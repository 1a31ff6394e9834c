/** A body as JSON fields: text where it is UTF-8, base64 where it is not, and whether it was cut. */
export type BodyFields = { readonly body: string } | { readonly bodyBase64: string };

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const limit = 64 * 1024;

export function bodyFields(
	bytes: Uint8Array | undefined,
	truncated = false,
): BodyFields & { readonly truncated?: true } {
	const all = bytes ?? new Uint8Array();
	const cut = all.length > limit;
	const text = textOf(cut ? all.subarray(0, limit) : all, cut || truncated);
	const mark = cut || truncated ? ({ truncated: true } as const) : {};
	return text === undefined
		? { bodyBase64: Buffer.from(all.subarray(0, limit)).toString('base64'), ...mark }
		: { body: text, ...mark };
}

/** The text, or undefined when the bytes are none. A cut may fall inside a character, which is then dropped. */
function textOf(bytes: Uint8Array, wasCut: boolean): string | undefined {
	for (let drop = 0; drop <= (wasCut ? 3 : 0); drop++) {
		try {
			return strictUtf8.decode(bytes.subarray(0, bytes.length - drop));
		} catch {
			// Try with one byte less, as long as a cut can explain it.
		}
	}
	return undefined;
}
