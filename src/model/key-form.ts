/** How the text of a key stands for the bytes that sign. */
export interface KeyForm {
	readonly kind: 'hex' | 'base64';
	/** Taken off where the text begins with it: `whsec_`. */
	readonly prefix?: string | undefined;
}

/** The bytes that sign; undefined where the text is not of its form. */
export function keyBytes(text: string, { kind, prefix = '' }: KeyForm): Uint8Array | undefined {
	const bare = text.startsWith(prefix) ? text.slice(prefix.length) : text;
	const form = kind === 'hex' ? /^(?:[0-9a-f]{2})+$/i : /^(?:[\w+/-]{4})*(?:[\w+/-]{2,4}={0,2})$/;
	return form.test(bare) ? Buffer.from(bare, kind) : undefined;
}

/** The form that a provider's file declares; undefined for a text that signs as it is. */
export function keyFormOf({
	kind,
	prefix,
}: {
	readonly kind?: string | undefined;
	readonly prefix?: string | undefined;
}): KeyForm | undefined {
	return kind === 'hex' || kind === 'base64' ? { kind, prefix } : undefined;
}
