import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Scope } from '../../src/compose/fill-template.ts';
import type { Draft } from '../../src/compose/override.ts';
import { base62, digits, hex } from '../../src/compose/random-text.ts';
import { seededRandom, seedFor } from '../../src/compose/seeded-random.ts';
import { derive, freshen } from '../../src/compose/values.ts';
import type { Value, ValueObject } from '../../src/model/value.ts';

const scope = (values: ValueObject, vars: ValueObject): Scope => ({
	value: (path) => values[path] ?? (vars[path] as Value | undefined),
	credential: () => {
		throw new Error('no credential is asked for');
	},
	now: 5_000,
	zone: 'Z',
	target: '',
	random: seededRandom('values'),
});
const draft = (values: ValueObject, vars: ValueObject = {}, byHand: string[] = []): Draft => ({
	values,
	vars,
	byHand: new Set(byHand),
	asWritten: new Set(),
});

describe('a fresh value', () => {
	const fresh = (templates: Record<string, string>, from: Draft, of = scope) =>
		freshen(from, templates, of, (path) => `order ${path}`);

	test('goes where one is, and later ones see it', () => {
		const from = draft({ id: 'old', inner: { at: 'old' }, copy: 'old' }, { pin: 'old' });
		const { values, vars } = fresh(
			{ pin: '${now:unix}', id: 'T${pin}', 'inner.at': '${now:unix}', copy: '${id}' },
			from,
		);
		expect(vars).toEqual({ pin: '5' });
		expect(values).toEqual({ id: 'T5', inner: { at: '5' }, copy: 'T5' });
	});

	test('does not come where the sample has none', () => {
		const from = draft({ nothing: null });
		expect(fresh({ nothing: 'x', gone: 'x' }, from)).toMatchObject({ values: { nothing: null } });
		expect(fresh({ nothing: 'x', gone: 'x' }, from).values).not.toHaveProperty('gone');
		expect(fresh({}, from)).toEqual(from);
	});

	test('is the same for the same field, whatever was made before it', () => {
		const both = fresh({ a: '${digits:9}', b: '${digits:9}' }, draft({ a: '', b: '' })).values;
		const one = fresh({ b: '${digits:9}' }, draft({ a: '', b: '' })).values;
		expect(both['b']).toBe(one['b']);
		expect(both['a']).not.toBe(both['b']);
		const { of: _of, ...plain } = seededRandom('plain');
		const unnamed = fresh({ a: '${digits:9}' }, draft({ a: '' }), (...args) => ({
			...scope(...args),
			random: plain,
		}));
		expect(unnamed.values['a']).toMatch(/^\d{9}$/);
	});
});

describe('a derived value', () => {
	const derived = (
		path: string,
		byHand: string[],
		values: ValueObject = { a: 'A', b: { c: 'old' } },
	) => derive(draft(values, {}, byHand), { [path]: 'of ${a}' }, scope).values;

	test('follows from the others', () => {
		expect(derived('b.c', [])).toEqual({ a: 'A', b: { c: 'of A' } });
	});

	test('is not made over one that was stated, itself or with what it is a part of', () => {
		for (const stated of ['b.c', 'b'])
			expect(derived('b.c', [stated])).toEqual({ a: 'A', b: { c: 'old' } });
		for (const other of ['c', 'b.d', 'a'])
			expect(derived('b.c', [other])).toMatchObject({ b: { c: 'of A' } });
	});

	test('does not come where the sample has none', () => {
		expect(derived('b', [], { a: 'A' })).toEqual({ a: 'A' });
		expect(derived('b', [], { a: 'A', b: null })).toEqual({ a: 'A', b: null });
	});
});

describe('seeded chance', () => {
	const sha256 = (text: string) => createHash('sha256').update(text).digest();

	test('is SHA-256 over the seed and a counter, taken as it comes', () => {
		const random = seededRandom('7');
		const taken = Buffer.concat([random.bytes(10), random.bytes(22), random.bytes(33)]);
		expect(taken).toEqual(
			Buffer.concat([sha256('7:0'), sha256('7:1'), sha256('7:2')]).subarray(0, 65),
		);
		expect(seededRandom('7').of?.('id').bytes(4)).toEqual(sha256('7:id:0').subarray(0, 4));
	});

	test('makes a whole number of a name', () => {
		expect(seedFor('7', 'run')).toBe(sha256('7:run').readUIntBE(0, 6));
	});
});

test('bytes that would favour some signs are left out', () => {
	const bytes = (...all: number[]) => ({
		bytes: (count: number) => Buffer.from(all.splice(0, count)),
	});
	expect(digits(3, bytes(250, 255, 249, 10, 0))).toBe('900');
	expect(base62(2, bytes(248, 247, 61))).toBe('zz');
	expect(hex(2, bytes(255, 16))).toBe('f0');
});
