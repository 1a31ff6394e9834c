/** A change of numbers alone: what is none stays as it is. */
export const numberIn =
	(change: (number: number) => string) =>
	(text: string): string =>
		/^-?\d+(\.\d+)?$/.test(text) ? change(Number(text)) : text;
