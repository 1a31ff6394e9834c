import { parseJson } from '../compose/assignment.ts';
import { sealField } from '../compose/find-field.ts';
import { type ChosenMessage, choose, everyCombination } from '../compose/options.ts';
import { segmentsOf, valueAt } from '../compose/path.ts';
import { phpText } from '../compose/print-value.ts';
import type { CallbackEvent, MessageFile } from '../model/provider.ts';
import { isObject, type Value, type ValueObject } from '../model/value.ts';
import type { ReadFields } from './read-fields.ts';
import type { Received } from './received.ts';

/** A message, under one set of options, that a received callback has the shape of. */
export interface Recognised {
	/** The sample that is nearest; its name is what a person knows the callback by. */
	readonly event: CallbackEvent;
	readonly chosen: ChosenMessage;
	/** The fields under the event's own names, without envelope; inner JSON opened; the seal taken out. */
	readonly values: ValueObject;
	/** The seal as received: field or header. */
	readonly seal: string | undefined;
}

/** Every reading of a callback that fits its shape, the best first; readings that fit equally well stay in catalogue order. */
export function recognise(received: Received, read: ReadFields, events: readonly CallbackEvent[]): Recognised[] {
	const messages = new Map(
		events.map((event) => [event.message, events.filter((other) => other.message === event.message)]),
	);
	const readings = [...messages.values()].flatMap((own) => readingsOf(received, read, own));
	const best = Math.max(0, ...readings.map(({ fit }) => fit));
	return readings.filter(({ fit }) => fit === best && fit > 0.5).map(({ recognised }) => recognised);
}

function readingsOf(received: Received, read: ReadFields, events: readonly CallbackEvent[]) {
	const [first] = events;
	if (first === undefined) return [];
	return everyCombination(first.message).flatMap((named) => {
		const chosen = choose(first, { named, of: {} });
		const { message } = chosen;
		if (message.write !== read.encoding || message.method !== received.method) return [];
		const fields = unwrapped(read.value, message.wrap);
		if (fields === undefined) return [];
		const sealed = opened(renamed(fields, message), message);
		const field = sealField(message);
		const values = Object.fromEntries(Object.entries(sealed).filter(([key]) => key !== field));
		const event = nearestEvent(values, events);
		if (!hasMarks(values, event)) return [];
		const seal = field === undefined ? sealHeader(received, message) : textOf(sealed[field]);
		const recognised = { event, chosen: choose(event, { named, of: {} }), values, seal };
		return [{ recognised, fit: fitOf(Object.keys(sealed), message, received) }];
	});
}

/** The fields inside the envelope, or undefined where it is another one. */
function unwrapped(value: Value, wrap: unknown): ValueObject | undefined {
	if (wrap === undefined || wrap === '$') return isObject(value) ? value : undefined;
	if (Array.isArray(wrap))
		return Array.isArray(value) && value.length === 1 ? unwrapped(value[0] as Value, wrap[0]) : undefined;
	if (!isObject(value)) return undefined;
	const entries = Object.entries(wrap as object);
	if (entries.some(([key]) => !Object.hasOwn(value, key)) || Object.keys(value).length !== entries.length)
		return undefined;
	const [key, inner] = entries.find(([, layer]) => JSON.stringify(layer).includes('"$"')) ?? [];
	return key === undefined ? undefined : unwrapped(value[key] as Value, inner);
}

function renamed(fields: ValueObject, { names }: MessageFile): ValueObject {
	const back = new Map(Object.entries(names ?? {}).map(([ours, wire]) => [wire, ours]));
	return Object.fromEntries(Object.entries(fields).map(([key, value]) => [back.get(key) ?? key, value]));
}

function opened(fields: ValueObject, { text }: MessageFile): ValueObject {
	return Object.fromEntries(
		Object.entries(fields).map(([key, value]) => {
			if (!text?.includes(key) || typeof value !== 'string') return [key, value];
			try {
				return [key, parseJson(value, key)];
			} catch {
				return [key, value];
			}
		}),
	);
}

function sealHeader(received: Received, { seal, digest }: MessageFile): string | undefined {
	if (digest !== undefined) return received.headers['authorization'];
	return seal !== undefined && 'header' in seal.into ? received.headers[seal.into.header.toLowerCase()] : undefined;
}

/** Shared names over all names, and whether the headers that this way of sending has are there. */
function fitOf(keys: readonly string[], message: MessageFile, received: Received): number {
	const listed = message.fields.flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.keys(entry)));
	const field = sealField(message);
	const expected = new Set(field === undefined ? listed : [...listed, field]);
	const shared = keys.filter((key) => expected.has(key)).length;
	const strange = keys.length - shared;
	const wanted =
		message.digest !== undefined
			? 'authorization'
			: message.seal !== undefined && 'header' in message.seal.into
				? message.seal.into.header
				: undefined;
	const headers = wanted === undefined || received.headers[wanted.toLowerCase()] !== undefined ? 0.05 : 0;
	const credentialled = wanted === undefined && received.headers['authorization'] !== undefined ? -0.05 : 0;
	// A field that a sample may leave out weighs less than one that nobody sends.
	return (shared / (shared + strange + (expected.size - shared) * 0.5)) * 0.9 + headers + credentialled;
}

function nearestEvent(values: ValueObject, events: readonly CallbackEvent[]): CallbackEvent {
	const likeness = (event: CallbackEvent) => {
		const { roles, marks } = event.message;
		const sample = event.file.values as ValueObject;
		const same = (path: string | undefined) => path !== undefined && textAt(values, path) === textAt(sample, path);
		const keys = new Set(Object.keys(sample));
		const shared = Object.keys(values).filter((key) => keys.has(key)).length;
		const equal = Object.keys(values).filter((key) => same(key)).length;
		return (
			(same(roles.state) ? 100 : 0) + (marks ?? []).filter(same).length * 1000 + shared * 2 - keys.size + equal / 100
		);
	};
	// Among equals the plainer name: a second attempt looks like any other success.
	return [...events].sort((a, b) => likeness(b) - likeness(a) || a.id.length - b.id.length)[0] as CallbackEvent;
}

/** Fields whose value tells the message from others: another value there is another message. */
function hasMarks(values: ValueObject, { message, file }: CallbackEvent): boolean {
	const sample = { ...(file.values as ValueObject) };
	return (message.marks ?? []).every((path) => {
		const wanted = textAt(sample, path);
		return (
			wanted === '' ||
			textAt(values, path) === wanted ||
			Object.values(message.choices ?? {}).some((options) =>
				Object.values(options).some(
					(option) =>
						textOf((option.values as ValueObject | undefined)?.[path]) === textAt(values, path) &&
						textAt(values, path) !== '',
				),
			)
		);
	});
}

function textAt(values: ValueObject, path: string): string {
	return textOf(valueAt(values, segmentsOf(path))) ?? '';
}

function textOf(value: Value | undefined): string | undefined {
	if (value === undefined) return undefined;
	return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : phpText(value, 'a field');
}
