import { openedJson } from '../compose/read-fields.ts';
import type { MessageFile } from '../model/provider.ts';
import { isObject, type Value, type ValueObject } from '../model/value.ts';

/** Fields under the event's own names, inner JSON opened; undefined in another envelope. */
export function eventFields(value: ValueObject, message: MessageFile): ValueObject | undefined {
	const fields = unwrapped(value, message.wrap);
	return fields === undefined ? undefined : opened(renamed(fields, message), message);
}

/** The fields inside the envelope, or undefined where it is another one. */
function unwrapped(value: Value, wrap: unknown): ValueObject | undefined {
	if (wrap === undefined || wrap === '$') return isObject(value) ? value : undefined;
	if (Array.isArray(wrap))
		return Array.isArray(value) && value.length === 1
			? unwrapped(value[0] as Value, wrap[0])
			: undefined;
	if (!isObject(value)) return undefined;
	const entries = Object.entries(wrap as object);
	if (
		entries.some(([key]) => !Object.hasOwn(value, key)) ||
		Object.keys(value).length !== entries.length
	)
		return undefined;
	const [key, inner] = entries.find(([, layer]) => JSON.stringify(layer).includes('"$"')) ?? [];
	return key === undefined ? undefined : unwrapped(value[key] as Value, inner);
}

function renamed(fields: ValueObject, { names }: MessageFile): ValueObject {
	const back = new Map(Object.entries(names ?? {}).map(([ours, wire]) => [wire, ours]));
	return Object.fromEntries(
		Object.entries(fields).map(([key, value]) => [back.get(key) ?? key, value]),
	);
}

function opened(fields: ValueObject, { text }: MessageFile): ValueObject {
	const entries = Object.entries(fields);
	return Object.fromEntries(
		entries.map(([key, value]) => [key, text?.includes(key) ? openedJson(value) : value]),
	);
}
