import { describe, expect, test } from 'vitest';
import { explain, explaining, searchOnce } from '../../src/verify/explain.ts';
import type { Mistake } from '../../src/verify/mistake.ts';
import type { KnownMistakes } from '../../src/verify/mistakes/index.ts';
import { type Recipe, signatureOf } from '../../src/verify/recipe.ts';
import { contextOf, plainRecipe } from '../support/mistakes.ts';

const honest = plainRecipe({ a: '1', b: '2' });
const mistake = (code: string, apply: (recipe: Recipe) => Recipe | undefined): Mistake => ({
	...{ code, said: '', php: '', js: '' },
	apply,
});
const joined = (join: string, code = `joined-${join}`) =>
	mistake(code, (recipe) => ({ ...recipe, join }));
const behind = (text: string, code = `behind-${text}`) =>
	mistake(code, (recipe) => ({
		...recipe,
		parts: [...recipe.parts, { name: 'more', text }],
	}));
const known = (more: Partial<KnownMistakes>): KnownMistakes => ({
	common: [],
	numerous: [],
	hashes: [],
	rare: [],
	texts: [],
	keyed: [],
	...more,
});
const md5 = (text: string) => signatureOf({ ...honest, text });
const codes = (text: string, all: KnownMistakes, from = honest) =>
	explain(from, md5(text), all)?.mistakes.map(({ code }) => code);

describe('a signature is explained', () => {
	test('by one mistake, of either list, or by none', () => {
		const all = known({ common: [joined('|')], numerous: [behind('x')] });
		expect(codes('1|2', all)).toEqual(['joined-|']);
		expect(codes('12x', all)).toEqual(['behind-x']);
		expect(codes('something else', all)).toBeUndefined();
		expect(codes('12', all)).toBeUndefined();
	});

	test('by two that were made together, in the order in which they were made', () => {
		const all = known({ common: [joined('|'), behind('x')] });
		expect(codes('1|2|x', all)).toEqual(['joined-|', 'behind-x']);
		expect(explain(honest, md5('1|2|x'), all)?.recipe).toMatchObject({ join: '|' });
	});

	test('by a numerous one together with a wrong hash, and with no other', () => {
		const all = known({ numerous: [behind('x')], hashes: [joined('|')], common: [joined('-')] });
		expect(codes('1|2|x', all)).toEqual(['behind-x', 'joined-|']);
		expect(codes('1-2-x', all)).toBeUndefined();
	});

	test('by the first that fits, one before two', () => {
		const both = mistake('both', (recipe) => ({ ...recipe, text: '1|2|x' }));
		expect(codes('1|2|x', known({ common: [joined('|'), behind('x')], numerous: [both] }))).toEqual(
			['both'],
		);
		expect(codes('1|2', known({ common: [joined('|', 'first'), joined('|', 'second')] }))).toEqual([
			'first',
		]);
	});

	test('never by a mistake that cannot be made', () => {
		const none = mistake('none', () => undefined);
		const inPair = mistake('pair', (recipe) => (recipe.join === '|' ? undefined : recipe));
		expect(codes('12', known({ common: [none] }))).toBeUndefined();
		expect(codes('1|2', known({ common: [joined('|'), inPair] }))).toEqual(['joined-|']);
		expect(codes('1|2x', known({ common: [none, joined('|'), inPair] }))).toBeUndefined();
	});
});

test.each([
	['key-cut', 'key-blank'],
	['plain-hash', 'wrong-algorithm'],
	['hmac-for-hash', 'arguments-swapped'],
	['plain-hash-key-last', 'plain-hash'],
])('%s and %s are not made together', (one, other) => {
	expect(codes('1|2|x', known({ common: [joined('|', one), behind('x', other)] }))).toBeUndefined();
	expect(codes('1|2|x', known({ common: [joined('|', one), behind('x', 'trimmed')] }))).toEqual([
		one,
		'trimmed',
	]);
	expect(codes('1|2|x', known({ common: [joined('|', 'trimmed'), behind('x', other)] }))).toEqual([
		'trimmed',
		other,
	]);
});

describe('what is much longer than a callback', () => {
	const long = (length: number) => plainRecipe({ a: 'x'.repeat(length) });
	const all = known({ common: [joined('|'), behind('y')] });

	test('is searched in pairs up to 4096 characters', () => {
		const pair = (length: number) => codes(`${'x'.repeat(length)}|y`, all, long(length));
		expect(pair(4_094)).toEqual(['joined-|', 'behind-y']);
		expect(pair(4_095)).toBeUndefined();
		const text = (length: number) => 'z'.repeat(length);
		const longer = mistake('longer', (recipe) => ({ ...recipe, text: text(4_097) }));
		const shorter = mistake('shorter', (recipe) => ({
			...recipe,
			text: recipe.text === undefined ? undefined : 'short',
		}));
		expect(codes('short', known({ common: [longer, shorter] }))).toBeUndefined();
	});

	test('is searched alone up to 16384, and not at all beyond', () => {
		const alone = (length: number) => codes(`${'x'.repeat(length)}y`, all, long(length));
		expect(alone(16_383)).toEqual(['behind-y']);
		expect(alone(16_384)).toBeUndefined();
		const short = mistake('short', (recipe) => ({ ...recipe, text: 'short' }));
		expect(codes('short', known({ common: [short] }), long(16_384))).toEqual(['short']);
		expect(codes('short', known({ common: [short] }), long(16_385))).toBeUndefined();
	});
});

describe('a search pauses', () => {
	const many = (count: number) => Array.from({ length: count }, (_, at) => behind(`x${at}`));
	const pauses = (all: KnownMistakes) => [...explaining(honest, md5('none'), all)].length;

	test('behind every 250 tries, of those alone and of those in pairs', () => {
		// Each is made, and then tried.
		expect(pauses(known({ numerous: many(124) }))).toBe(0);
		expect(pauses(known({ numerous: many(125) }))).toBe(1);
		expect(pauses(known({ numerous: many(500) }))).toBe(4);
		expect(pauses(known({ common: many(20) }))).toBe(1);
		expect(pauses(known({ common: many(30) }))).toBe(3);
	});

	test('not at all where the first explains it', () => {
		const all = known({ common: [joined('|'), ...many(200)] });
		expect([...explaining(honest, md5('1|2'), all)]).toEqual([]);
	});
});

test('a question is searched once, and each for itself', () => {
	const search = searchOnce();
	const context = contextOf({ a: '1', b: '2' });
	const found = search(honest, md5('21'), context);
	expect(found).toBeDefined();
	expect(search(honest, md5('21'), contextOf({ a: '1', b: '2' }))).toBe(found);
	expect(search(honest, md5('nothing of the kind'), context)).toBeUndefined();
	expect(search(plainRecipe({ a: '3', b: '4' }), md5('21'), context)).toBeUndefined();
});
