import {
	findNodeAtLocation,
	getNodeValue,
	type Node,
	type ParseError,
	parseTree,
	printParseErrorCode,
} from 'jsonc-parser';
import { pointerKeys } from './pointer.ts';

/** Where something stands in a text file, counted from 1. */
export interface Place {
	readonly line: number;
	readonly column: number;
}

function placeOf(text: string, offset: number): Place {
	const before = text.slice(0, offset).split('\n');
	return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The first thing that is not JSON, or undefined. `JSON.parse` alone does not always say where. */
export function syntaxError(text: string): (Place & { readonly what: string }) | undefined {
	const [first] = errorsIn(text);
	if (first === undefined) return undefined;
	const words = printParseErrorCode(first.error)
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase();
	return { ...placeOf(text, first.offset), what: words };
}

function errorsIn(text: string): ParseError[] {
	const errors: ParseError[] = [];
	try {
		parseTree(text, errors, { disallowComments: true });
	} catch (error) {
		// It calls itself for every level, until there is no room.
		if (!(error instanceof RangeError)) throw error;
	}
	return errors;
}

/** The place of a JSON pointer, or of the nearest parent that exists. */
export function placeOfPointer(text: string, pointer: string): Place {
	const root = parseTree(text);
	if (root === undefined) return { line: 1, column: 1 };
	const segments = pointerKeys(pointer);
	for (let length = segments.length; length >= 0; length--) {
		const node = findNodeAtLocation(
			root,
			segments.slice(0, length).map((part, at) => indexed(root, segments, part, at)),
		);
		if (node !== undefined)
			return placeOf(text, node.parent?.type === 'property' ? node.parent.offset : node.offset);
	}
	return { line: 1, column: 1 };
}

/** jsonc-parser wants array positions as numbers, a pointer has only text. */
function indexed(
	root: Node,
	segments: readonly string[],
	part: string,
	at: number,
): string | number {
	let value: unknown = getNodeValue(root);
	for (const segment of segments.slice(0, at))
		value = (value as Record<string, unknown> | undefined)?.[segment];
	return Array.isArray(value) ? Number(part) : part;
}
