import { own } from '../model/own.ts';
import type { FieldEntry, MessageFile } from '../model/provider.ts';
import { isObject, type Value, type ValueObject } from '../model/value.ts';
import { jsonText } from './write-json.ts';

/** The fields in the documented order. What the user added beside them follows. */
export function inOrder(
	values: ValueObject,
	fields: readonly FieldEntry[],
	sample: ValueObject,
): ValueObject {
	const entries: [string, Value][] = [];
	const listed = new Set<string>();
	for (const entry of fields) {
		for (const [key, inner] of typeof entry === 'string'
			? [[entry, undefined] as const]
			: Object.entries(entry)) {
			listed.add(key);
			const value = own(values, key);
			if (value === undefined) continue;
			const below = own(sample, key);
			entries.push([
				key,
				inner !== undefined && isObject(value)
					? inOrder(value, inner as readonly FieldEntry[], isObject(below) ? below : {})
					: value,
			]);
		}
	}
	// A value of the sample that this option does not list is left out; one that the sample lacks was
	// asked for.
	const extras = Object.entries(values).filter(
		([key]) => !listed.has(key) && !Object.hasOwn(sample, key),
	);
	return Object.fromEntries([...entries, ...extras]);
}

/** Objects that the provider sends as a string of JSON. */
export function textualised(values: ValueObject, text: MessageFile['text']): ValueObject {
	return Object.fromEntries(
		Object.entries(values).map(([key, value]) => [
			key,
			text?.includes(key) && isObject(value) ? jsonText(value) : value,
		]),
	);
}

/** The wire's own names, at the same place. */
export function renamedForWire(values: ValueObject, names: MessageFile['names']): ValueObject {
	if (names === undefined) return values;
	return Object.fromEntries(
		Object.entries(values).map(([key, value]) => [own(names, key) ?? key, value]),
	);
}

/** Puts the fields where `"$"` stands in the envelope. */
export function wrapped(values: ValueObject, wrap: unknown): Value {
	if (wrap === undefined || wrap === '$') return values;
	if (Array.isArray(wrap)) return wrap.map((layer) => wrapped(values, layer));
	if (typeof wrap === 'object' && wrap !== null) {
		return Object.fromEntries(
			Object.entries(wrap).map(([key, layer]) => [key, wrapped(values, layer)]),
		);
	}
	return wrap as Value;
}
