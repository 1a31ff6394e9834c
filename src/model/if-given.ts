/** What is made of a value that may have been left out; undefined where it was. */
export function ifGiven<A, B>(value: A | undefined, make: (value: A) => B): B | undefined {
	return value === undefined ? undefined : make(value);
}

/** Undefined in place of a list without entries. */
export function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
	return list.length === 0 ? undefined : list;
}
