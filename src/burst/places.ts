/** What is sent at which place of a burst: which callback, and where it comes a second time. */
export interface Places {
	/** In all; Infinity where it goes on until it is stopped. */
	readonly total: number;
	/** The number of the callback that is sent at a place, from 0. */
	callbackAt(place: number): number;
}

export interface PlacesOptions {
	/** Different callbacks; Infinity for no end. */
	readonly count: number;
	/** How often each is sent. */
	readonly copies: number;
	/** Share of them, 0 to 1, that is sent once more. */
	readonly duplicates: number;
	/** Mixes the order; undefined keeps it. */
	readonly shuffle: number | undefined;
}

/** Where there is no end, so many are mixed among themselves. */
const mixedTogether = 10_000;

/** Duplicates stand behind each other, spread evenly: exactly the share that is asked for. */
export function placesOf({ count, copies, duplicates, shuffle }: PlacesOptions): Places {
	const each = copies + duplicates;
	const placeOf = (n: number) => n * copies + Math.floor(n * duplicates + 1e-9);
	const total = count === Number.POSITIVE_INFINITY ? count : placeOf(count);
	const inOrder = (place: number): number => {
		let n = Math.floor(place / each);
		while (placeOf(n) > place) n--;
		while (placeOf(n + 1) <= place) n++;
		return n;
	};
	if (shuffle === undefined) return { total, callbackAt: inOrder };
	return {
		total,
		callbackAt(place) {
			const size = total === Number.POSITIVE_INFINITY ? mixedTogether : total;
			const start = Math.floor(place / size) * size;
			return inOrder(start + shuffled(place - start, size, shuffle + start));
		},
	};
}

/** Every nth place, from the one with that index on: so many workers have all of them together. */
export function everyNth(places: Places, index: number, of: number): Places {
	return {
		total: Math.ceil((places.total - index) / of),
		callbackAt: (place) => places.callbackAt(place * of + index),
	};
}

/** A place of `size`, each one once: four rounds of Feistel, walked until it falls within. */
export function shuffled(place: number, size: number, seed: number): number {
	const half = Math.max(1, Math.ceil(Math.log2(Math.max(2, size)) / 2));
	const mask = 2 ** half - 1;
	let at = place;
	do {
		let left = Math.floor(at / 2 ** half);
		let right = at & mask;
		for (let round = 0; round < 4; round++) {
			const mixed = Math.imul(right ^ Math.imul(seed + round + 1, 0x9e3779b1), 0x85ebca6b);
			[left, right] = [right, (left ^ (mixed >>> 9)) & mask];
		}
		at = left * 2 ** half + right;
	} while (at >= size);
	return at;
}
