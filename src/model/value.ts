import type { LosslessNumber } from 'lossless-json';

/**
 * A value of an event. A number whose text JavaScript would reprint otherwise (`60.00`, twenty digits)
 * is kept as a `LosslessNumber`, because "as written" is what the user asked for.
 */
export type Value = null | boolean | number | string | LosslessNumber | readonly Value[] | ValueObject;
export interface ValueObject {
	readonly [field: string]: Value;
}

export function isObject(value: Value | undefined): value is ValueObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLossless(value);
}

/** Told by its own mark, so that asking does not load the library. */
export function isLossless(value: Value | undefined): value is LosslessNumber {
	return (
		typeof value === 'object' && value !== null && 'isLosslessNumber' in value && value['isLosslessNumber'] === true
	);
}
