import { openedJson } from '../compose/read-fields.ts';
import { isObject, type Value, type ValueObject } from '../model/value.ts';
import { jsonOf } from '../model/value-text.ts';

/** A path and its value: a text as it is, anything else as JSON. */
export type FieldRow = readonly [path: string, text: string];

/** A row a leaf; the JSON in a text is opened. */
export const fieldRows = (fields: ValueObject): FieldRow[] =>
	Object.entries(fields).flatMap(([name, value]) => rowsOf(name, value));

function rowsOf(path: string, value: Value): FieldRow[] {
	const inner = openedJson(value);
	if (Array.isArray(inner) || isObject(inner)) {
		const entries = Object.entries(inner);
		if (entries.length > 0) return entries.flatMap(([key, item]) => rowsOf(`${path}.${key}`, item));
	}
	return [[path, typeof inner === 'string' ? inner : jsonOf(inner)]];
}
