import type { Subject } from '../subject.ts';

/** A field, and the text as it stands in it. */
export interface WrittenText {
	readonly field: string;
	readonly written: string;
}

/**
 * A text in every field of names and free text. Where the field is that of a serial number, too,
 * the text stands before one.
 */
export function fieldsWith(text: string, { message }: Subject): readonly WrittenText[] {
	const { names = [], texts = [], serial } = message.roles;
	return [...new Set([...names, ...texts])].map((field) => ({
		field,
		written: field === serial ? `${text} 621597343042654` : text,
	}));
}
