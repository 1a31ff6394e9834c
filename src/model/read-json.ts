import { LosslessNumber, parse } from 'lossless-json';
import { deepest, isTooDeep } from './depth.ts';
import type { Value } from './value.ts';

/**
 * JSON, its numbers as written: `60.00`, twenty digits. Of a repeated key the last one counts.
 * @throws Error that says in a few words what is wrong with the text
 */
export function readJson(text: string): Value {
	const value = parsed(text);
	if (isTooDeep(value)) throw new Error(tooDeep);
	return value;
}

const tooDeep = `nested deeper than ${deepest} levels`;

function parsed(text: string): Value {
	try {
		return parse(text, null, {
			parseNumber: exactNumber,
			onDuplicateKey: ({ newValue }) => newValue,
		}) as Value;
	} catch (error) {
		// The parser calls itself for every level, until there is no room.
		throw error instanceof RangeError ? new Error(tooDeep) : error;
	}
}

/** A number where JavaScript prints it back the same, else the text. @throws Error: no number */
export function exactNumber(text: string): number | LosslessNumber {
	const number = Number(text);
	return String(number) === text && Number.isFinite(number) ? number : new LosslessNumber(text);
}
