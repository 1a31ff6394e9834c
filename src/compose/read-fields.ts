import { deepest } from '../model/depth.ts';
import { groupedBy } from '../model/grouped-by.ts';
import { Problem } from '../model/problem.ts';
import { isObject, type Value, type ValueObject } from '../model/value.ts';
import { parseJson } from './assignment.ts';
import type { Path } from './path.ts';

/** `a[b]=c` is an inner field. @throws Problem `body-invalid` for one that lies too deep */
export function formFields(text: string): ValueObject {
	const pairs = [...new URLSearchParams(text)].map(
		([key, value]): Pair => [key.replaceAll(']', '').split('['), value],
	);
	if (pairs.some(([path]) => path.length > deepest))
		throw new Problem('body-invalid', `a field of the form leads deeper than ${deepest} levels`, {
			hint: (say) => `Write a shorter name; ${say('rawBody')} sends bytes as they are.`,
		});
	return nested(pairs);
}

type Pair = readonly [path: Path, value: string];

/** Of a repeated name the last value counts, in the place of the first. */
function nested(pairs: readonly Pair[]): ValueObject {
	const groups = [...groupedBy(pairs, ([[head = '']]) => head)];
	const below = ([[, ...rest], value]: Pair): Pair => [rest, value];
	return Object.fromEntries(groups.map(([name, group]) => [name, lastOf(group.map(below))]));
}

/** A text takes the place of an object that stood there, and the other way round. */
function lastOf(group: readonly Pair[]): Value {
	const at = group.findLastIndex(([path]) => path.length === 0);
	const [, text] = group[at] ?? [];
	return text !== undefined && at === group.length - 1 ? text : nested(group.slice(at + 1));
}

/** JSON in a string is opened, so that its fields can be reached; what is no object stays. */
export function openedJson(value: Value): Value {
	if (typeof value !== 'string') return value;
	try {
		const inner = parseJson(value, 'the inner JSON');
		return isObject(inner) ? inner : value;
	} catch {
		return value;
	}
}
