import { isLossless, type Value, type ValueObject } from '../model/value.ts';
import { phpText } from './print-value.ts';

/**
 * `application/x-www-form-urlencoded` as PHP's `http_build_query` writes it: null is left out,
 * booleans are 1 and 0, inner values are `outer[inner]`, a blank is `+`, and `*` is escaped (where
 * URLSearchParams would not).
 */
export function formText(values: ValueObject): string {
	const pairs = new URLSearchParams(
		Object.entries(values).flatMap(([key, value]) => flattened(key, value)),
	);
	return pairs.toString().replaceAll('*', '%2A');
}

function flattened(key: string, value: Value): [string, string][] {
	if (value === null) return [];
	if (typeof value === 'boolean') return [[key, value ? '1' : '0']];
	if (typeof value !== 'object' || isLossless(value)) return [[key, phpText(value, key)]];
	const inner = Array.isArray(value)
		? value.map((item, at) => [String(at), item] as const)
		: Object.entries(value as ValueObject);
	return inner.flatMap(([name, item]) => flattened(`${key}[${name}]`, item));
}
