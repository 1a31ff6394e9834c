import { describe, expect, test } from 'vitest';
import type { MessageFile } from '../../src/model/provider.ts';
import type { Value, ValueObject } from '../../src/model/value.ts';
import { eventFields } from '../../src/verify/event-fields.ts';

const message = (more: object): MessageFile => more as MessageFile;
const fields = (value: unknown, more: object) => eventFields(value as ValueObject, message(more));

describe('received fields', () => {
	test('without an envelope are as they came, under the event’s own names', () => {
		expect(fields({ a: 1, ref_id: 'A' }, {})).toEqual({ a: 1, ref_id: 'A' });
		expect(fields({ a: 1, ref_id: 'A' }, { wrap: '$', names: { ref: 'ref_id' } })).toEqual({
			a: 1,
			ref: 'A',
		});
	});

	test.each<[string, unknown, Value]>([
		['an object', { data: '$' }, { data: { a: 1 } }],
		['an object of objects', { data: { inner: '$' } }, { data: { inner: { a: 1 } } }],
		['a list', { data: ['$'] }, { data: [{ a: 1 }] }],
		['a list around all', ['$'], [{ a: 1 }]],
		['what else stands there', { status: 1, data: '$' }, { status: 2, data: { a: 1 } }],
	])('are taken out of %s', (_name, wrap, value) => {
		expect(fields(value, { wrap })).toEqual({ a: 1 });
	});

	test.each<[string, unknown, unknown]>([
		['no object', undefined, 'a=1'],
		['no object in its envelope', { data: '$' }, { data: 'x' }],
		['a list in place of the envelope', { data: '$' }, [{ a: 1 }]],
		['another name', { data: '$' }, { other: { a: 1 } }],
		['a name more', { data: '$' }, { data: { a: 1 }, more: 1 }],
		['a name too few', { status: 1, data: '$' }, { data: { a: 1 } }],
		['no list', { data: ['$'] }, { data: { a: 1 } }],
		['a list of two', { data: ['$'] }, { data: [{ a: 1 }, { a: 2 }] }],
		['an empty list', { data: ['$'] }, { data: [] }],
		['an envelope without a place', { data: 'x' }, { data: { a: 1 } }],
		['what every object inherits', { toString: '$' }, {}],
	])('are none in %s', (_name, wrap, value) => {
		expect(fields(value, { wrap })).toBeUndefined();
	});

	test('that hold JSON as text are opened, where the message says so', () => {
		const value = { message: '{"a":1}', other: '{"a":1}', broken: '{"a"' };
		expect(fields(value, { text: ['message', 'broken'] })).toEqual({
			message: { a: 1 },
			other: '{"a":1}',
			broken: '{"a"',
		});
	});
});
