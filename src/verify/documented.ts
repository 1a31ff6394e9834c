import type { Received } from '../capture/received.ts';
import { listedFields, signatureField } from '../compose/find-field.ts';
import { choose, everyCombination } from '../compose/options.ts';
import { formFields, openedJson } from '../compose/read-fields.ts';
import type { CallbackEvent } from '../model/provider.ts';
import { isObject, type Value, type ValueObject } from '../model/value.ts';
import { eventFields } from './event-fields.ts';
import { readFields } from './read-fields.ts';

/**
 * Whether what was given holds a callback of the provider's at all, of whatever shape: fields that
 * it documents, and not further inside than outside. What does not is no forgery, but something
 * else, or wrapped in a way that nobody knows.
 */
export async function holdsDocumentedFields(
	readings: readonly Received[],
	events: readonly CallbackEvent[],
): Promise<boolean> {
	const messages = [...new Set(events.map(({ message }) => message))];
	const firsts = messages.map(
		(message) => events.find((event) => event.message === message) as CallbackEvent,
	);
	const chosen = firsts.flatMap((event) =>
		everyCombination(event.message).map((named) => choose(event, { named, of: {} }).message),
	);
	const names = new Set(
		chosen.flatMap((message) => [
			...listedFields(message.fields),
			...Object.values(message.names ?? {}),
			...[signatureField(message)].filter((field) => field !== undefined),
		]),
	);
	const documented = (fields: ValueObject) =>
		Object.keys(fields).filter((name) => names.has(name)).length;
	for (const received of readings) {
		const read = await readFields(received);
		if (read === undefined) continue;
		const outside = chosen.map((message) =>
			documented(eventFields(read.value, message) ?? read.value),
		);
		const inside = innerObjects(read.value, 0).map(documented);
		if (Math.max(0, ...outside) > 0 && Math.max(...outside) >= Math.max(0, ...inside)) return true;
	}
	return false;
}

/** What stands in a value, text of JSON or of a form opened. Providers go five deep. */
function innerObjects(value: Value, depth: number): ValueObject[] {
	if (depth > 5 || typeof value !== 'object' || value === null) return [];
	const inner = Object.values(value as ValueObject).map(opened);
	return inner.flatMap((one) => [...(isObject(one) ? [one] : []), ...innerObjects(one, depth + 1)]);
}

function opened(value: Value): Value {
	if (typeof value !== 'string') return value;
	return /^[^\s=&{]+=\S*&\S*$/.test(value) ? formFields(value) : openedJson(value);
}
