import { readJson } from './read-json.ts';
import type { Value } from './value.ts';

/** The JSON in a text, numbers as they are written; undefined where it is none. */
export function jsonIn(text: string): Value | undefined {
	try {
		return readJson(text);
	} catch {
		return undefined;
	}
}
