import { describe, expect, test } from 'vitest';
import { jsonIn } from '../../src/model/json-in.ts';
import type { Value } from '../../src/model/value.ts';
import { mismatches, valueIn } from '../../src/scenario/matching.ts';
import { textFailures } from '../../src/scenario/text-rules.ts';

const json = (text: string) => jsonIn(text) as Value;
const order = json(
	'{"data":{"items":[{"state":"paid","id":12345678901234567890},{"state":null}],"a.b":1,"n":"3"}}',
);

describe('a path', () => {
	test.each([
		['data.items[0].state', 'paid'],
		['$.data.items[0].state', 'paid'],
		['$data.items.0.state', 'paid'],
		['data[\'items\'][0]["state"]', 'paid'],
		['data.items[1].state', null],
	])('%s leads to a value', (path, value) => {
		expect(valueIn(order, path)).toBe(value);
	});

	test.each([
		'data.items[2].state',
		'data.items.length',
		'data.constructor',
		'data.items[-1]',
		'data.n.0',
		'__proto__',
		'data.items[0].state.length',
	])('%s leads nowhere', (path) => {
		expect(valueIn(order, path)).toBeUndefined();
	});

	test('$ and the empty path are the whole', () => {
		expect(valueIn(order, '$')).toBe(order);
		expect(valueIn(order, '')).toBe(order);
	});
});

describe('what is expected of a value', () => {
	test.each([
		['a part of it', { data: { n: '3' } }],
		['a path as a key', { 'data.items[0].state': 'paid', '$.data.n': '3' }],
		['a key that looks like a path', { data: { 'a.b': 1 } }],
		['twenty digits', { 'data.items[0].id': json('12345678901234567890') }],
		['null where null is', { 'data.items[1].state': null }],
		['a list, each entry in part', { data: { items: [{ state: 'paid' }, {}] } }],
	])('%s is equal', (_name, expected) => {
		expect(mismatches(expected as Value, order)).toEqual([]);
	});

	test.each([
		[
			'another digit',
			{ 'data.items[0].id': json('12345678901234567891') },
			'data.items[0].id',
			'12345678901234567890',
		],
		['a text for a number', { data: { 'a.b': '1' } }, 'data.a.b', '1 (a number)'],
		['a number for a text', { data: { n: 3 } }, 'data.n', '"3" (a string)'],
		['null for what is absent', { data: { nothing: null } }, 'data.nothing', '(absent)'],
		['an empty text for what is absent', { 'data.nothing': '' }, 'data.nothing', '(absent)'],
		['false for null', { 'data.items[1].state': false }, 'data.items[1].state', 'null'],
		['a shorter list', { data: { items: [{ state: 'paid' }] } }, 'data.items', undefined],
		['an object for a text', { data: { n: {} } }, 'data.n', '"3"'],
		['a list for an object', { data: [] }, 'data', undefined],
	])('%s is not', (_name, expected, path, got) => {
		const [first, ...rest] = mismatches(expected as Value, order);
		expect(rest).toEqual([]);
		expect(first?.path).toBe(path);
		if (got !== undefined) expect(first?.got).toBe(got);
	});

	test('numbers are equal by value, not by spelling', () => {
		expect(mismatches(json('{"a":75.50}'), json('{"a":75.5}'))).toEqual([]);
		expect(mismatches(json('{"a":1e2}'), json('{"a":100}'))).toEqual([]);
		expect(mismatches(json('{"a":75.51}'), json('{"a":75.5}'))).toHaveLength(1);
		expect(mismatches(json('{"a":9007199254740993}'), json('{"a":9007199254740992}'))).toHaveLength(
			1,
		);
		expect(mismatches(json('{"a":0.10000000000000000001}'), json('{"a":0.1}'))).toHaveLength(1);
	});

	test('nothing is equal to what is not there', () => {
		for (const expected of [{}, [], null, '', 0, false, { a: undefined as unknown as null }])
			expect(mismatches(expected as Value, undefined)).toHaveLength(1);
	});
});

describe('rules for a text', () => {
	const failing = (rules: unknown, text: string | undefined) =>
		textFailures('body', 'body', rules as Value, text).map(
			({ expected, got }) => `${expected} ≠ ${got}`,
		);

	test.each([
		['OK', ' OK\n'],
		[{ contains: ['a', 'b'] }, 'b-a'],
		[{ matches: '^a.c$' }, 'a\nc'],
		[{ matches: ['\\d+', 'é'] }, '12é'],
		[{ equals: 'OK' }, 'OK\n'],
		[{ equals: { ok: true, 'list[1].x': 2 } }, '{"ok":true,"list":[0,{"x":2}],"more":1}'],
		[{ equals: [1, 2] }, '[1,2]'],
		[{ equals: true }, 'true'],
		[{ equals: null }, 'null'],
		[{ equals: '' }, ''],
	])('%j holds of %j', (rules, text) => {
		expect(failing(rules, text)).toEqual([]);
	});

	test.each([
		['OK', 'ok', 'body "OK" ≠ "ok"'],
		['OK', undefined, 'body "OK" ≠ (none)'],
		['', undefined, 'body "" ≠ (none)'],
		[{ contains: '' }, undefined, 'body that contains "" ≠ (none)'],
		[{ contains: ['a', 'b'] }, 'a', 'body that contains "b" ≠ "a"'],
		[{ matches: '.*' }, undefined, 'body that matches /.*/ ≠ (none)'],
		[{ equals: { ok: true } }, '', 'body with {"ok":true} ≠ no JSON: ""'],
		[{ equals: {} }, '<p>', 'body with {} ≠ no JSON: "<p>"'],
		[{ equals: { ok: true } }, '{"ok":"true"}', 'body ok: true ≠ "true" (a string)'],
		[{ equals: { ok: true } }, undefined, 'body with {"ok":true} ≠ no JSON: (none)'],
		[{ equals: { length: 2 } }, '[1,2]', 'body length: 2 ≠ (absent)'],
		[{ equals: null }, '', 'body null ≠ ""'],
		[{ equals: { a: 1 } }, 'null', 'body {"a":1} ≠ null'],
	])('%j does not hold of %j', (rules, text, failure) => {
		expect(failing(rules, text)).toEqual([failure]);
	});

	test('a long text is cut', () => {
		expect(failing('OK', 'x'.repeat(5_000))[0]?.length).toBeLessThan(300);
	});
});
