/** Where the characters of a callback stand in a text that is otherwise the same. */
export interface Stencil {
	readonly length: number;
	/** Pairs: which character, and at which byte. */
	readonly places: Int32Array;
}

/**
 * Finds out where characters stand, by what changes with each of them.
 * @param base the text with the usual characters
 * @param changed the text with the nth character another
 * @param skip bytes that follow from the whole, such as a signature
 * @returns undefined where something changes that is not the character itself
 */
export function stencilOf(
	base: Uint8Array,
	changed: readonly { readonly text: Uint8Array; readonly from: number; readonly to: number }[],
	skip: (at: number) => boolean,
): Stencil | undefined {
	const places: number[] = [];
	for (const [character, { text, from, to }] of changed.entries()) {
		if (text.length !== base.length) return undefined;
		// Most texts say nothing of a character, and what runs once is read byte by byte slowly.
		if (Buffer.compare(text, base) === 0) continue;
		for (let at = 0; at < base.length; at++) {
			if (text[at] === base[at] || skip(at)) continue;
			if (base[at] !== from || text[at] !== to) return undefined;
			places.push(character, at);
		}
	}
	return { length: base.length, places: Int32Array.from(places) };
}

/** Puts a callback's characters where they stand. */
export function patch({ places }: Stencil, characters: Uint8Array, into: Uint8Array): void {
	for (let at = 0; at < places.length; at += 2)
		into[places[at + 1] as number] = characters[places[at] as number] as number;
}

/** Every place at which a part stands. */
export function placesOf(part: Uint8Array, whole: Uint8Array): number[] {
	const all = Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength);
	const places: number[] = [];
	if (part.length === 0) return places;
	for (let at = all.indexOf(part); at >= 0; at = all.indexOf(part, at + part.length))
		places.push(at);
	return places;
}
