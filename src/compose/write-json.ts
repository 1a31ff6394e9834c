import { stringify } from 'lossless-json';
import type { Value } from '../model/value.ts';

/** Compact JSON; a number kept as written is written so. */
export function jsonText(value: Value): string {
	return stringify(value) ?? 'null';
}
