import type { Received } from '../received.ts';
import { fromFields } from './fields.ts';
import { literalJson } from './literal-json.ts';

/** Where one may begin: behind a word to find it by, a time in brackets, the name of its class. */
const beginning = /\{|\[|\barray(?=[ :(])/g;

const mostTries = 8;

/**
 * Fields as a language prints its own: Python's dict and its frameworks' QueryDict, Node's
 * `util.inspect`, Ruby's hash, PHP's `var_export`, Laravel's `dump`. JSON that is broken is none of
 * them.
 */
export function literal(text: string): Received[] | undefined {
	const starts = [...text.slice(0, 400).matchAll(beginning)]
		.slice(0, mostTries)
		.map(({ index }) => index);
	for (const start of starts) {
		const rest = text.slice(start);
		if (looksLikeJson(rest) || isInside(text.slice(0, start))) return undefined;
		const json = literalJson(rest, true);
		const requests = json === undefined ? undefined : fromFields(json);
		if (requests !== undefined) return requests;
	}
	return undefined;
}

const looksLikeJson = (text: string): boolean => /^[{[]\s*"(?:[^"\\]|\\.)*"\s*[:,\]}]/.test(text);

/** A part of what could not be read is not meant, nor a form's value behind an equals sign. */
function isInside(before: string): boolean {
	const count = (signs: RegExp) => before.match(signs)?.length ?? 0;
	return count(/[[{]/g) !== count(/[\]}]/g) || /=>|=\S*$/.test(before);
}
