import type { LosslessNumber } from 'lossless-json';

/**
 * A value of an event. A number whose text JavaScript would reprint otherwise (`60.00`, twenty
 * digits) is kept as a `LosslessNumber`, because "as written" is what the user asked for.
 */
export type Value =
	| null
	| boolean
	| number
	| string
	| LosslessNumber
	| readonly Value[]
	| ValueObject;
export interface ValueObject {
	readonly [field: string]: Value;
}

export function isObject(value: Value | undefined): value is ValueObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLossless(value);
}

/** The library's own mark, so that asking does not load it; no JSON text can carry a symbol. */
const lossless = Symbol.for('lossless-json.LosslessNumber');

export function isLossless(value: unknown): value is LosslessNumber {
	return (
		typeof value === 'object' &&
		value !== null &&
		(value as { [lossless]?: unknown })[lossless] === true
	);
}
