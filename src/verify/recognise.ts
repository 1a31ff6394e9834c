import type { Received } from '../capture/received.ts';
import { listedFields, signatureField } from '../compose/find-field.ts';
import { type ChosenMessage, choose, everyCombination } from '../compose/options.ts';
import { own } from '../model/own.ts';
import type { CallbackEvent, MessageFile } from '../model/provider.ts';
import type { ValueObject } from '../model/value.ts';
import { eventFields } from './event-fields.ts';
import type { ReadFields } from './read-fields.ts';
import { textAt } from './recipe.ts';

/** A message, under one set of options, that a received callback has the shape of. */
export interface Recognised {
	/** The sample that is nearest; its name is what a person knows the callback by. */
	readonly event: CallbackEvent;
	readonly chosen: ChosenMessage;
	/** Under the event's own names, without envelope, inner JSON opened, the signature taken out. */
	readonly values: ValueObject;
	/** The signature as received: field or header. */
	readonly signature: string | undefined;
}

/** Every reading that fits the shape, the best first; equals stay in catalogue order. */
export function recognise(
	received: Received,
	read: ReadFields,
	events: readonly CallbackEvent[],
): Recognised[] {
	const messages = new Map(
		events.map((event) => [
			event.message,
			events.filter((other) => other.message === event.message),
		]),
	);
	const readings = [...messages.values()].flatMap((own) => readingsOf(received, read, own));
	const best = Math.max(0, ...readings.map(({ fit }) => fit));
	return readings
		.filter(({ fit }) => fit === best && fit > 0.5)
		.map(({ recognised }) => recognised);
}

function readingsOf(received: Received, read: ReadFields, events: readonly CallbackEvent[]) {
	const [first] = events;
	if (first === undefined) return [];
	return everyCombination(first.message).flatMap((named) => {
		const chosen = choose(first, { named, of: {} });
		const { message } = chosen;
		if (message.write !== read.encoding || message.method !== received.method) return [];
		const signed = eventFields(read.value, message);
		if (signed === undefined) return [];
		const field = signatureField(message);
		const values = Object.fromEntries(Object.entries(signed).filter(([key]) => key !== field));
		const event = nearestEvent(values, events);
		if (!sharesDiscriminators(values, event)) return [];
		const inField = (name: string) =>
			Object.hasOwn(signed, name) ? textAt(signed, name) : undefined;
		const signature = field === undefined ? signatureHeader(received, message) : inField(field);
		const recognised = { event, chosen: choose(event, { named, of: {} }), values, signature };
		return [{ recognised, fit: fitOf(Object.keys(signed), message, received) }];
	});
}

/** The header into which the signature goes, in lower case. */
function headerOf({ signature }: MessageFile): string | undefined {
	return signature !== undefined && 'header' in signature.into
		? signature.into.header.toLowerCase()
		: undefined;
}

/** Headers by which some option authenticates: one that is there is meant to be judged. */
function authHeaders(message: MessageFile): string[] {
	const options = Object.values(message.choices ?? {}).flatMap((all) => Object.values(all));
	return options.flatMap(({ signature, headers }) => [
		...(signature?.into !== undefined && 'header' in signature.into
			? [signature.into.header.toLowerCase()]
			: []),
		...Object.keys(headers ?? {}).map((name) => name.toLowerCase()),
	]);
}

function signatureHeader(received: Received, message: MessageFile): string | undefined {
	const name = message.digest === undefined ? headerOf(message) : 'authorization';
	return name === undefined ? undefined : own(received.headers, name);
}

/** Shared names over all names, and whether the headers that this way of sending has are there. */
function fitOf(keys: readonly string[], message: MessageFile, received: Received): number {
	const listed = listedFields(message.fields);
	const field = signatureField(message);
	const expected = new Set(field === undefined ? listed : [...listed, field]);
	const shared = keys.filter((key) => expected.has(key)).length;
	const strange = keys.length - shared;
	// A field that a sample may leave out weighs less than one that nobody sends.
	return (
		(shared / (shared + strange + (expected.size - shared) * 0.5)) * 0.9 +
		headerFit(message, received) * 0.05
	);
}

/**
 * How many of the headers by which this way of sending authenticates are there. A way without any
 * is out of the question where one of another way is: a part of a proof that lacks the rest is a
 * forgery's look, not that of an unsigned callback.
 */
function headerFit(message: MessageFile, { headers }: Received): number {
	const known = ['authorization', ...authHeaders(message)];
	const names = Object.keys(message.headers ?? {}).map((name) => name.toLowerCase());
	const proof = message.digest === undefined ? headerOf(message) : 'authorization';
	const own = [
		...names.filter((name) => known.includes(name)),
		...(proof === undefined ? [] : [proof]),
	];
	const there = (name: string) => Object.hasOwn(headers, name);
	return own.length === 0 ? Number(!known.some(there)) : own.filter(there).length / own.length;
}

function nearestEvent(values: ValueObject, events: readonly CallbackEvent[]): CallbackEvent {
	const likeness = (event: CallbackEvent) => {
		const { roles, discriminators } = event.message;
		const sample = event.file.values as ValueObject;
		const same = (path: string | undefined) =>
			path !== undefined && textAt(values, path) === textAt(sample, path);
		const keys = new Set(Object.keys(sample));
		// What is there and empty is as good as absent.
		const shared = Object.keys(values).filter((key) => keys.has(key) && values[key] !== '').length;
		const equal = Object.keys(values).filter((key) => same(key)).length;
		return (
			(same(roles.state) ? 100 : 0) +
			(discriminators ?? []).filter(same).length * 1000 +
			shared * 2 -
			keys.size +
			equal / 100
		);
	};
	// Among equals the plainer name: a second attempt looks like any other success.
	const [nearest] = events
		.map((event) => ({ event, like: likeness(event) }))
		.sort((a, b) => b.like - a.like || a.event.id.length - b.event.id.length);
	return nearest?.event as CallbackEvent;
}

/** Fields whose value tells the message from others: another value there is another message. */
function sharesDiscriminators(values: ValueObject, { message, file }: CallbackEvent): boolean {
	return (message.discriminators ?? []).every(
		(path) => textAt(values, path) === textAt(file.values as ValueObject, path),
	);
}
