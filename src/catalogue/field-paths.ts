import { formsOf } from '../model/message-forms.ts';
import type { FieldEntry, MessageFile } from '../model/provider.ts';

/** Every path that a message can send under some option, parents included, spelled with dots. */
export function fieldPaths(message: MessageFile): ReadonlySet<string> {
	return new Set(formsOf(message).flatMap(({ fields }) => pathsOf(fields ?? [], '')));
}

function pathsOf(fields: readonly FieldEntry[], prefix: string): string[] {
	return fields.flatMap((entry) => {
		if (typeof entry === 'string') return [`${prefix}${entry}`];
		return Object.entries(entry).flatMap(([key, inner]) => [
			`${prefix}${key}`,
			...pathsOf(inner as readonly FieldEntry[], `${prefix}${key}.`),
		]);
	});
}
