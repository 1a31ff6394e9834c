import { isObject, type Value, type ValueObject } from '../model/value.ts';
import { parseJson } from './assignment.ts';
import { withValue } from './path.ts';

/** The fields of a form or a query; `a[b]=c` is an inner field. */
export function formFields(text: string): ValueObject {
	let values: ValueObject = {};
	for (const [key, value] of new URLSearchParams(text)) {
		values = withValue(values, key.replaceAll(']', '').split('['), value);
	}
	return values;
}

/** JSON in a string is opened, so that its fields can be reached; what is no object stays the text it is. */
export function openedJson(value: Value): Value {
	if (typeof value !== 'string') return value;
	try {
		const inner = parseJson(value, 'the inner JSON');
		return isObject(inner) ? inner : value;
	} catch {
		return value;
	}
}
