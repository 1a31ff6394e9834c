/** The keys of a JSON pointer (RFC 6901). */
export const pointerKeys = (pointer: string): string[] =>
	pointer
		.split('/')
		.slice(1)
		.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** A key as it stands in a JSON pointer. */
export const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
