import { formsOf } from '../model/message-forms.ts';
import { own } from '../model/own.ts';
import type { MessageFile } from '../model/provider.ts';
import { isObject, type Value, type ValueObject } from '../model/value.ts';

export type Path = readonly string[];

/** `destination.amount`, `data[0].state` → segments. */
export function segmentsOf(text: string): Path {
	// Most paths are a name, and they are asked for by the thousand.
	if (!/[.[]/.test(text)) return [text];
	return text.replace(/\[(\w+)\]/g, '.$1').split('.');
}

export function valueAt(root: ValueObject, path: Path): Value | undefined {
	let value: Value | undefined = root;
	for (const segment of path) {
		if (!isObject(value) || !Object.hasOwn(value, segment)) return undefined;
		value = value[segment];
	}
	return value;
}

/** A copy with the value put at the path; missing parents are made. */
export function withValue(root: ValueObject, [head, ...rest]: Path, value: Value): ValueObject {
	if (head === undefined) return root;
	if (rest.length === 0) return { ...root, [head]: value };
	const child = own(root, head);
	return { ...root, [head]: withValue(isObject(child) ? child : {}, rest, value) };
}

export function withoutValue(root: ValueObject, [head, ...rest]: Path): ValueObject {
	if (head === undefined || !Object.hasOwn(root, head)) return root;
	if (rest.length === 0)
		return Object.fromEntries(Object.entries(root).filter(([key]) => key !== head));
	const child = root[head];
	return isObject(child) ? { ...root, [head]: withoutValue(child, rest) } : root;
}

/** Every path that leads somewhere, inner objects included, spelled with dots. */
export function pathsIn(root: ValueObject, prefix = ''): string[] {
	return Object.entries(root).flatMap(([key, value]) => [
		`${prefix}${key}`,
		...(isObject(value) ? pathsIn(value, `${prefix}${key}.`) : []),
	]);
}

/**
 * The spellings under which a user may mean a field: as the event has it, without the envelope, and
 * back from the wire's names. The first that exists is meant.
 */
export function spellingsOf(text: string, message: MessageFile): Path[] {
	const given = segmentsOf(text);
	const back = backFromWire(message);
	const bare = envelopesOf(message).map((wrap) => withoutEnvelope(given, wrap));
	const all = [given, ...bare];
	return [...all, ...all.map((path) => renamed(path, back))];
}

/** The envelope in force first, then those of other options: a path means the same field. */
function envelopesOf(message: MessageFile): unknown[] {
	return formsOf(message)
		.map(({ wrap }): unknown => wrap)
		.filter((wrap) => wrap != null);
}

function withoutEnvelope(path: Path, wrap: unknown): Path {
	let rest = path;
	let layer = wrap;
	while (layer !== undefined && layer !== '$') {
		if (Array.isArray(layer)) {
			if (/^\d+$/.test(rest[0] ?? '')) rest = rest.slice(1);
			layer = layer[0];
			continue;
		}
		const [key, inner] =
			Object.entries(layer as object).find(([, value]) => JSON.stringify(value).includes('"$"')) ??
			[];
		if (key === undefined || rest[0] !== key) return path;
		rest = rest.slice(1);
		layer = inner;
	}
	return rest.length === 0 ? path : rest;
}

/** wire name → event name, over every option, so that both spellings always work. */
function backFromWire(message: MessageFile): Map<string, string> {
	return new Map(
		formsOf(message).flatMap(({ names }) =>
			Object.entries(names ?? {}).map(([ours, wire]) => [wire, ours] as const),
		),
	);
}

function renamed(path: Path, back: ReadonlyMap<string, string>): Path {
	return path.map((segment) => back.get(segment) ?? segment);
}
