import { LosslessNumber } from 'lossless-json';
import { describe, expect, test } from 'vitest';
import { readYaml } from '../../src/documents/yaml-document.ts';
import { scenarioOf, tried } from '../support/scenario.ts';
import { answering } from '../support/server.ts';

const exact = (text: string) => readYaml('a.yaml', text, 'scenario-invalid').exact;
const placeOf = (text: string, pointer: string) => {
	const { line, column } = readYaml('a.yaml', text, 'scenario-invalid').place(pointer);
	return `${line}:${column}`;
};

describe('a YAML file', () => {
	test('keeps numbers as they are written', () => {
		expect(exact('[75.50, 12345678901234567890, 1e3, 5, -0.10, 7.0]')).toEqual([
			new LosslessNumber('75.50'),
			new LosslessNumber('12345678901234567890'),
			new LosslessNumber('1e3'),
			5,
			new LosslessNumber('-0.10'),
			new LosslessNumber('7.0'),
		]);
	});

	test('keeps texts that look like something else', () => {
		expect(exact('["75.50", yes, on, 2026-01-15, 12:30, 0060, trx_LATE01, ~, "", null]')).toEqual([
			'75.50',
			'yes',
			'on',
			'2026-01-15',
			'12:30',
			expect.anything(),
			'trx_LATE01',
			null,
			'',
			null,
		]);
	});

	test('an id with leading zeros stays as it is written', async () => {
		const { url, seen } = await answering(200);
		await tried('name: a\nsteps: [{ fire: bayarcash/transaction-success, ref: 0060 }]', {
			to: url,
		});
		expect(seen[0]?.body.toString()).toContain('order_number=0060&');
	});

	test.each([
		[
			'lists',
			'['.repeat(101) + ']'.repeat(101),
			/^a\.yaml:1:101: not YAML \(nested deeper than 100 levels\)/,
		],
		[
			'lists without end',
			'- '.repeat(5_000),
			/^a\.yaml:1:\d+: not YAML \(nested deeper than 100 levels\)/,
		],
		['JSON', `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, /nested deeper than 100 levels/],
		[
			'aliases',
			Array.from(
				{ length: 102 },
				(_, at) => `a${at}: &a${at} [${at === 0 ? '' : `*a${at - 1}`}]`,
			).join('\n'),
			/^a\.yaml:1:1: not YAML \(nested deeper than 100 levels\)/,
		],
		['keys of keys', `${'? '.repeat(50)}a`, /^a\.yaml:1:1: not YAML \(a key is a text/],
		['a list as a key', '[a]: 1', /^a\.yaml:1:1: not YAML \(a key is a text/],
	])('of %s that lead too deep is a problem', (_what, text, message) => {
		expect(() => exact(text)).toThrow(
			expect.objectContaining({
				code: 'scenario-invalid',
				message: expect.stringMatching(message) as string,
			}),
		);
	});

	test('of a hundred levels is read', () => {
		expect(JSON.stringify(exact('['.repeat(100) + ']'.repeat(100)))).toBe(
			'['.repeat(100) + ']'.repeat(100),
		);
	});

	test('knows anchors, aliases, and text in blocks', () => {
		expect(exact('a: &x { n: 1.50 }\nb: *x\nc: |\n  one\n  two\nd: >\n  one\n  two\n')).toEqual({
			a: { n: new LosslessNumber('1.50') },
			b: { n: new LosslessNumber('1.50') },
			c: 'one\ntwo\n',
			d: 'one two\n',
		});
	});

	test.each([
		['a: 1\nb:\n  - c: 2\n', '/b/0/c', '3:5'],
		['a: 1\r\nb:\r\n  - c: 2\r\n', '/b/0/c', '3:5'],
		['\ufeffa: 1\nb: 2\n', '/b', '2:1'],
		['\ufeffa: { b: 1 }\n', '/a/b', '1:6'],
		['# first\n\n---\na: { "x/y": { "~": 1 } }\n', '/a/x~1y/~0', '4:15'],
		['a: &x\n  n: 1\nb: *x\n', '/b/n', '2:3'],
		['a: 1\n', '/b/c', '1:1'],
		['a:\n  b: 1\n', '/a/nothing', '1:1'],
		['{"a": [1,\n {"b": 2}]}', '/a/1/b', '2:3'],
	])('%j has %s at %s', (text, pointer, place) => {
		expect(placeOf(text, pointer)).toBe(place);
	});

	test.each([
		['two documents', 'a: 1\n---\nb: 2\n', /^a\.yaml:2:1: not YAML/],
		['a tab for indentation', 'a:\n\tb: 1\n', /^a\.yaml:2:\d+: not YAML/],
		['a quote that is not closed', 'a: "b\n', /^a\.yaml:[12]:\d+: not YAML/],
		['an alias of nothing', 'a: *x\n', /^a\.yaml:1:4: not YAML/],
		[
			'aliases without end',
			`a: &a [x]\n${[...'bcdefghij'].map((n, at) => `${n}: &${n} [${Array(9).fill(`*${'abcdefghij'[at]}`).join(', ')}]`).join('\n')}\n`,
			/^a\.yaml.*not YAML/,
		],
		['an alias in itself', 'a: &a { b: *a }\n', /^a\.yaml.*/],
	])('%s is a problem', (_name, text, message) => {
		expect(() => readYaml('a.yaml', text, 'scenario-invalid')).toThrow(
			expect.objectContaining({
				code: 'scenario-invalid',
				message: expect.stringMatching(message) as string,
			}) as Error,
		);
	});
});

test('steps may share what an anchor names', () => {
	const text =
		'name: a\nprovider: bayarcash\nsteps:\n  - &one { fire: transaction-success, expect: { status: 200 } }\n  - *one\n';
	expect(scenarioOf(text).fires.map(({ number, spot }) => [number, spot.line])).toEqual([
		[1, 4],
		[2, 5],
	]);
});

test('names that mean something to JavaScript are names', async () => {
	const { url, seen } = await answering(200);
	const text =
		'name: a\nprovider: bayarcash\nvars: { constructor: C, toString: T }\nsteps: [{ fire: transaction-success, ref: "${vars.constructor}${vars.toString}" }]';
	await tried(text, { to: url });
	expect(seen[0]?.body.toString()).toContain('order_number=CT&');
});
