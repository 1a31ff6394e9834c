import type { Value } from '../model/value.ts';
import { jsonOf, textOf } from '../model/value-text.ts';

/** Names and values, or a list of texts as flags take them. */
export type Assignments = Readonly<Record<string, unknown>> | readonly string[];

/** `path=text` keeps the type that is there; null and objects are written as JSON. */
export function assignmentTexts(given: Assignments | undefined): string[] | undefined {
	if (given === undefined) return undefined;
	if (Array.isArray(given)) return [...given] as string[];
	return Object.entries(given as Readonly<Record<string, Value>>).map(([path, value]) =>
		value === null || isStructure(value) ? `${path}:=${jsonOf(value)}` : `${path}=${textOf(value)}`,
	);
}

function isStructure(value: Value): boolean {
	return typeof value === 'object' && value !== null && !('isLosslessNumber' in value);
}

export function headerTexts(given: Assignments | undefined): string[] | undefined {
	if (given === undefined) return undefined;
	if (Array.isArray(given)) return [...given] as string[];
	return Object.entries(given as Readonly<Record<string, Value>>).map(([name, value]) => `${name}: ${textOf(value)}`);
}
