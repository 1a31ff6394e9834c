/** What is made of a value that may have been left out; undefined where it was. */
export function ifGiven<A, B>(value: A | undefined, make: (value: A) => B): B | undefined {
	return value === undefined ? undefined : make(value);
}
