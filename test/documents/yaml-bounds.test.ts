import { describe, expect, test } from 'vitest';
import { readYaml } from '../../src/documents/yaml-document.ts';
import { isLong, part } from '../support/long.ts';
import { scenarioOf } from '../support/scenario.ts';

const read = (text: string) => readYaml('a.yaml', text, 'scenario-invalid');
const lines = (count: number, line: (at: number) => string) =>
	Array.from({ length: count }, (_, at) => line(at)).join('\n');

/** Each took a minute, or no end, where the work was the square of what is written. */
describe('a large file is read in the time that its size needs:', () => {
	test.each(
		part(
			[
				['20,000 aliases', `a: &a x\n${lines(20_000, (at) => `k${at}: *a`)}`, 20_001],
				['40,000 keys', lines(40_000, (at) => `k${at}: v`), 40_000],
				['20,000 anchors', lines(20_000, (at) => `k${at}: &a${at} x`), 20_000],
				['40,000 keys between braces', `{${lines(40_000, (at) => `k${at}: v,`)}}`, 40_000],
			] as const,
			4,
		),
	)('%s', (_what, text, keys) => {
		const { plain, place } = read(text);
		expect(Object.keys(plain as object)).toHaveLength(keys);
		const asked = Object.keys(plain as object).map((key) => place(`/${key}`).line);
		expect(new Set(asked).size).toBe(keys);
	});

	test('20,000 variables, each with the name of one before it', () => {
		const vars = lines(20_000, (at) => `  k${at}: "\${vars.k${Math.max(0, at - 1)}}"`);
		const scenario = scenarioOf(
			`name: a\nvars:\n  k: v\n${vars.replace('vars.k0', 'vars.k')}\nsteps: [{ fire: bayarcash/transaction-success }]`,
		);
		expect(scenario.fires).toHaveLength(1);
	});

	test.runIf(isLong)('20,000 steps with a mistake each, of which a hundred are told', () => {
		const text = `name: a\nprovider: bayarcash\nsteps:\n  - &a { fire: transaction-success, retry: nonsense }\n${lines(20_000, () => '  - *a')}`;
		expect(() => scenarioOf(text)).toThrow(
			expect.objectContaining({ also: expect.objectContaining({ length: 99 }) as string[] }),
		);
	});
});

describe('what is larger than anybody writes is a problem:', () => {
	test.each([
		['a megabyte', `a: ${'x'.repeat(1 << 20)}`, /^a\.yaml:1:1: not YAML \(longer than/],
		['values without end', `[${'1,'.repeat(100_001)}]`, /^a\.yaml:1:1: .*more than 100000 values/],
		[
			'aliases of aliases',
			`a: &a [${'x,'.repeat(1000)}]\nb: [${'*a,'.repeat(1000)}]`,
			/^a\.yaml:1:1: .*more than 100000 values/,
		],
		['tags in a row', `a:\n  b: ${'!!str '.repeat(50_000)}x`, /^a\.yaml:2:\d+: .*one anchor/],
		['anchors in a row', `a:\n  b: ${'&a '.repeat(50_000)}x`, /^a\.yaml:2:\d+: .*one anchor/],
		[
			'tags on lines of their own',
			`a: ${'!!str\n  '.repeat(50_000)}x`,
			/^a\.yaml:5:\d+: .*one anchor/,
		],
	])('%s', (_what, text, message) => {
		expect(() => read(text)).toThrow(
			expect.objectContaining({
				code: 'scenario-invalid',
				message: expect.stringMatching(message) as string,
			}),
		);
	});
});

describe('keys and aliases', () => {
	test('a key that stands there twice is told with its place', () => {
		expect(() => read('a:\n  b: 1\n  "b": 2\n')).toThrow(
			/^a\.yaml:3:3: not YAML \(this key stands there twice\)/,
		);
	});

	test('an alias means the last value before it that has its name', () => {
		expect(read('a: &x 1\nb: *x\nc: &x 2\nd: *x\n').plain).toEqual({ a: 1, b: 1, c: 2, d: 2 });
	});

	test('a value has an anchor and a tag, and so has its first key', () => {
		expect(read('a: &x !!map\n  &y !!str b: 1\nc: *y\n').plain).toEqual({ a: { b: 1 }, c: 'b' });
	});

	test('__proto__ is a key like any other', () => {
		const { plain } = read('__proto__: { a: 1 }\nconstructor: 2\n');
		expect(Object.entries(plain as object)).toEqual([
			['__proto__', { a: 1 }],
			['constructor', 2],
		]);
	});
});
