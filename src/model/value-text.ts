import { stringify } from 'lossless-json';
import type { Value } from './value.ts';

/** A value as written into a text: a string as it is, all else as JSON; null is empty. */
export function textOf(value: Value): string {
	if (typeof value === 'string') return value;
	return value === null ? '' : jsonOf(value);
}

/** JSON with numbers as they were written. */
export function jsonOf(value: unknown): string {
	return stringify(value) ?? 'null';
}
