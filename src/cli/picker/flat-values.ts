import { isObject, type Value, type ValueObject } from '../../model/value.ts';

/** Every leaf with its path, dots between the names. */
export function flatValues(values: ValueObject, before = ''): [path: string, value: Value][] {
	return Object.entries(values).flatMap(([name, value]): [string, Value][] => {
		const path = `${before}${name}`;
		if (isObject(value)) return flatValues(value, `${path}.`);
		return Array.isArray(value) ? [] : [[path, value]];
	});
}
