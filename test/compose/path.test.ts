import { describe, expect, test } from 'vitest';
import {
	pathsIn,
	segmentsOf,
	spellingsOf,
	valueAt,
	withoutValue,
	withValue,
} from '../../src/compose/path.ts';
import type { MessageFile } from '../../src/model/provider.ts';

const root = { a: { b: { c: 1 }, list: [{ x: 1 }] }, d: null, e: 'text' };

test.each([
	['amount', ['amount']],
	['destination.amount', ['destination', 'amount']],
	['data[0].state', ['data', '0', 'state']],
	['a[b][c]', ['a', 'b', 'c']],
	['data[12].a', ['data', '12', 'a']],
	['a[b', ['a[b']],
	['a[]', ['a[]']],
])('%s leads through %j', (text, path) => {
	expect(segmentsOf(text)).toEqual(path);
});

test.each([
	['a.b.c', 1],
	['a.b', { c: 1 }],
	['d', null],
	['a.b.c.x', undefined],
	['d.x', undefined],
	['e.length', undefined],
	['a.list.0', undefined],
	['constructor', undefined],
	['a.toString', undefined],
])('at %s stands %j', (text, value) => {
	expect(valueAt(root, segmentsOf(text))).toEqual(value);
});

describe('a value', () => {
	test('is put at a path, its parents made where they are missing or no objects', () => {
		expect(withValue(root, ['a', 'b', 'c'], 2)).toEqual({
			...root,
			a: { b: { c: 2 }, list: [{ x: 1 }] },
		});
		expect(withValue({}, ['x', 'y', 'z'], true)).toEqual({ x: { y: { z: true } } });
		expect(withValue({ e: 'text' }, ['e', 'f'], 1)).toEqual({ e: { f: 1 } });
		expect(withValue({}, ['constructor', 'f'], 1)).toEqual({ constructor: { f: 1 } });
		expect(withValue(root, [], 1)).toBe(root);
		expect(root.a.b.c).toBe(1);
	});

	test('is taken from a path, and nothing else with it', () => {
		expect(withoutValue(root, ['a', 'b', 'c'])).toEqual({
			...root,
			a: { b: {}, list: [{ x: 1 }] },
		});
		expect(withoutValue(root, ['d'])).toEqual({ a: root.a, e: 'text' });
		for (const nowhere of [[], ['x'], ['e', 'length'], ['d', 'x'], ['toString', 'x']])
			expect(withoutValue(root, nowhere)).toEqual(root);
	});
});

test('every path that leads somewhere is spelled with dots, objects before what is in them', () => {
	expect(pathsIn(root)).toEqual(['a', 'a.b', 'a.b.c', 'a.list', 'd', 'e']);
	expect(pathsIn({})).toEqual([]);
});

describe('the spellings of a field', () => {
	const message = {
		names: { ref: 'ref_id' },
		wrap: { status: 'ok', data: { transaction: '$' } },
		choices: {
			shape: {
				usual: {},
				list: { wrap: [{ data: ['$'] }] },
				bare: { wrap: null, names: { amount: 'price' } },
			},
		},
	} as unknown as MessageFile;
	const spelled = (text: string) => spellingsOf(text, message).map((path) => path.join('.'));

	test.each([
		['as it is', 'ref', 'ref'],
		['under its name on the wire', 'ref_id', 'ref'],
		['under its name of another option', 'price', 'amount'],
		['inside of the envelope', 'data.transaction.ref_id', 'ref'],
		['inside of the envelope of another option', 'data[0].ref_id', 'ref'],
		['inside of a list of envelopes', '0.data.12.inner.ref_id', 'inner.ref'],
		['inside of a list without its number', 'data.ref', 'ref'],
	])('%s: %s means %s', (_name, text, path) => {
		expect(spelled(text)).toContain(path);
	});

	test('the path as it is given comes first, what every wrapping is taken off last', () => {
		expect(spelled('ref')[0]).toBe('ref');
		expect(spelled('data.transaction.ref_id')[0]).toBe('data.transaction.ref_id');
	});

	test('another envelope, or a part of one, is none', () => {
		for (const text of [
			'data.x1.ref_id',
			'data.1x.ref_id',
			'status.ref_id',
			'transaction.ref_id',
			'data.other.ref_id',
		])
			expect(spelled(text), text).not.toContain('ref');
		// The envelope itself is no field inside of it.
		for (const text of ['data', 'data.transaction']) expect(spelled(text)).not.toContain('');
	});

	test('without envelope, names and choices there is one', () => {
		expect(new Set(spellingsOf('a.b', {} as MessageFile).map((path) => path.join('.')))).toEqual(
			new Set(['a.b']),
		);
	});
});
