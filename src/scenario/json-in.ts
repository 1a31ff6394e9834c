import { parse } from 'lossless-json';
import { exactNumber } from '../compose/assignment.ts';
import type { Value } from '../model/value.ts';

/** The JSON in a text, numbers as they are written; undefined where it is none. */
export function jsonIn(text: string): Value | undefined {
	try {
		return parse(text, null, { parseNumber: exactNumber, onDuplicateKey: ({ newValue }) => newValue }) as Value;
	} catch {
		return undefined;
	}
}
