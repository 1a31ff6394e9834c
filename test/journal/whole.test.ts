import { describe, expect, test } from 'vitest';
import type { JournalRecord } from '../../src/journal/record.ts';
import { examples, isRead, record } from '../support/journal-records.ts';

type Type = JournalRecord['type'];
type Place = readonly string[];

const failure = (kind: string) => ({ kind, cause: 'refused', detail: 'why', tookMs: 1 });
const records = [
	...(Object.keys(examples) as Type[]).map((type) => record(type)),
	record('attempt', { outcome: { kind: 'timed-out', phase: 'answer', tookMs: 1 } }),
	...['unreachable', 'broken'].map((kind) => record('attempt', { outcome: failure(kind) })),
	record('attempt', { outcome: { kind: 'answered', status: 200, headers: {}, bodyBase64: '' } }),
	record('delivery', { request: { method: 'GET', url: '/', body: null } }),
];

/** By type and name: what may be left out. */
const optional = [
	...['delivery order', 'order reference', 'order amount', 'delivery scenario', 'delivery step'],
	...['attempt reason', 'headers a', 'headers c', 'headers x', 'process started'],
	...['received event', 'received cause', 'received repeatOf', 'received forwarded'],
	...['counts passed', '0 source'],
];

const isComposite = (value: unknown) => typeof value === 'object' && value !== null;

function* placesIn(value: unknown, place: Place = []): Generator<Place> {
	if (place.length > 0) yield place;
	if (!isComposite(value)) return;
	for (const [key, inner] of Object.entries(value as object))
		yield* placesIn(inner, [...place, key]);
}

/** A copy with something else at that place. */
function changed(
	value: unknown,
	[key, ...rest]: Place,
	change: (old: unknown) => unknown,
): unknown {
	if (key === undefined) return change(value);
	const copy: Record<string, unknown> = Object.assign(Array.isArray(value) ? [] : {}, value);
	copy[key] = changed(copy[key], rest, change);
	return copy;
}

/** Places at which another value leaves the record one that is read. */
const readAfter = (one: JournalRecord, change: (old: unknown) => unknown): string[] =>
	[...placesIn(one)]
		.filter((place) => isRead(changed(one, place, change)))
		.map((place) => [one.type, ...place].slice(-2).join(' '));

describe('a record of the journal', () => {
	test('is read where it is whole', () => {
		expect(records.filter((one) => !isRead(one))).toEqual([]);
	});

	test.each(records)('is torn where something in $type is of another kind', (one) => {
		expect(readAfter(one, (old) => (isComposite(old) ? 5 : {}))).toEqual([]);
	});

	test.each(records)('is torn where something is missing that is read of $type', (one) => {
		const dispensable = readAfter(one, () => undefined);
		expect(dispensable.filter((place) => !optional.includes(place))).toEqual([]);
	});

	test('may lack what not every one has', () => {
		const dispensable = records.flatMap((one) => readAfter(one, () => undefined));
		expect(new Set(dispensable)).toEqual(new Set(optional));
	});

	test('of no type, or of one that every object inherits, is of another version', () => {
		for (const type of [undefined, 'constructor', 'told'])
			expect(isRead(record('run', { type }))).toBe(false);
	});
});
