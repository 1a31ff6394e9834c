import { describe, expect, test } from 'vitest';
import {
	contextOf,
	listRecipe,
	made,
	mistakesOf,
	plainRecipe,
	textsOf,
} from '../../support/mistakes.ts';

/** Signed are a, b and c by name; they came as b, a, c and z. */
const signed = { a: '10', b: '2', c: '' };
const recipe = listRecipe(signed);
const context = contextOf(
	{ b: '2', a: '10', c: '', z: '9' },
	{
		signed: ['a', 'b', 'c'],
		documentedOrder: ['z', 'c', 'b', 'a'],
		otherLists: [{ name: '2 fields of receipt', fields: ['a', 'z'] }],
		signatureField: 'aa',
		honest: 'sig',
	},
);

describe('the wrong fields, or the right ones in the wrong order', () => {
	test.each([
		['unsorted', ['|2|10']],
		// PHP sorts "2" before "10", since both are numbers, and an empty text before either.
		['values-sorted', ['|10|2', '|2|10']],
		['wrong-fields', ['10|9']],
		['wrong-fields-unsorted', ['9|10']],
		['empty-dropped', ['10|2']],
		['all-fields', ['10|2||9']],
		['all-fields-unsorted', ['2|10||9']],
		['signature-included', ['10|sig|2|']],
		['signature-included-empty', ['10||2|']],
	])('%s signs %j', (code, texts) => {
		expect(textsOf(code, recipe, context)).toEqual(texts);
		expect(textsOf(code, plainRecipe(signed), context), 'a text of credentials').toEqual([]);
		// An HMAC without a separator is over a list as well.
		expect(textsOf(code, { ...recipe, join: '' }, context)).toEqual(
			texts.map((text) => text.replaceAll('|', '')),
		);
	});

	test('a plain hash over a list with a separator is over a list', () => {
		const plain = plainRecipe(signed, { join: '|' });
		expect(textsOf('empty-dropped', plain, context)).toEqual(['10|2']);
	});

	test('are none where the order or the fields stay the same', () => {
		const sorted = contextOf({ a: '1', b: '2' });
		for (const code of ['unsorted', 'values-sorted', 'empty-dropped', 'all-fields'])
			expect(textsOf(code, listRecipe({ a: '1', b: '2' }), sorted), code).toEqual([]);
	});

	test('an order that does not name every field is no order of them', () => {
		const partly = contextOf({ a: '1', b: '2' }, { documentedOrder: ['b'] });
		expect(textsOf('unsorted', listRecipe({ a: '1', b: '2' }), partly)).toEqual([]);
	});

	test('without a field for the signature none is signed along', () => {
		const headers = { ...context, signatureField: undefined };
		for (const code of ['signature-included', 'signature-included-empty'])
			expect(textsOf(code, recipe, headers), code).toEqual([]);
	});

	test('the signature goes to its place by name, behind them all too', () => {
		const last = { ...context, signatureField: 'sign' };
		expect(textsOf('signature-included', recipe, last)).toEqual(['10|2||sig']);
		expect(textsOf('signature-included-empty', recipe, last)).toEqual(['10|2||']);
	});

	test('the other list is named', () => {
		for (const code of ['wrong-fields', 'wrong-fields-unsorted'])
			expect(mistakesOf(code, context, 'common')[0]?.said).toContain('2 fields of receipt');
	});

	// Each as `php -r '$v = [...]; sort($v); echo implode("|", $v);'` prints it.
	test.each([
		[['b', '10', '9', 'a'], '9|10|a|b'],
		[['1e1', '9', '11'], '9|1e1|11'],
		[['-1', '+1', '0.5', '.7'], '-1|0.5|.7|+1'],
		[[' 10', '9 ', '8.'], '8.|9 | 10'],
		[['10.25', '9'], '9|10.25'],
		[['10', '9e-1'], '9e-1|10'],
		[['1e10', '2'], '2|1e10'],
		[['9', '10x'], '10x|9'],
	])('%j is sorted as PHP sorts it', (values, sorted) => {
		const fields = Object.fromEntries(values.map((value, at) => [`f${at}`, value]));
		expect(textsOf('values-sorted', listRecipe(fields), contextOf(fields)).at(-1)).toBe(sorted);
	});
});

describe('fields left out', () => {
	const four = contextOf({ a: '1', b: '2', c: '3', d: '4' });
	const all = listRecipe({ a: '1', b: '2', c: '3', d: '4' });

	test('one, whichever it is', () => {
		expect(textsOf('field-missing', all, four)).toEqual(['2|3|4', '1|3|4', '1|2|4', '1|2|3']);
	});

	test('two and three, whichever they are, but never all', () => {
		const pairs = ['3|4', '2|4', '2|3', '1|4', '1|3', '1|2'];
		expect(textsOf('fields-missing', all, four, 'numerous')).toEqual([
			...pairs,
			'4',
			'3',
			'2',
			'1',
		]);
		const three = { a: '1', b: '2', c: '3' };
		expect(textsOf('fields-missing', listRecipe(three), contextOf(three), 'numerous')).toEqual([
			'3',
			'2',
			'1',
		]);
		expect(textsOf('field-missing', listRecipe({ a: '1' }), contextOf({ a: '1' }))).toEqual([]);
	});

	test('in whatever order they are, and not of parts that are no longer those', () => {
		const reversed = listRecipe({ d: '4', c: '3', b: '2', a: '1' });
		expect(textsOf('field-missing', reversed, four)).toEqual(['4|3|2', '4|3|1', '4|2|1', '3|2|1']);
		expect(made('field-missing', listRecipe({ x: '1', y: '2' }), four, 'common')).toEqual([]);
	});

	test('are named', () => {
		expect(mistakesOf('field-missing', four, 'common').map(({ said }) => said)).toEqual(
			['a', 'b', 'c', 'd'].map((name) => `without ${name}`),
		);
		const [first] = mistakesOf('fields-missing', four, 'numerous');
		expect(first?.said).toBe('without a and b');
		expect(mistakesOf('fields-missing', four, 'numerous').at(-1)?.said).toBe('without b, c and d');
	});
});

describe('a few well-known fields', () => {
	const fields = { amount: '60', extra: 'e', id: 'T', order: 'A' };
	const known = contextOf(fields, { knownFields: ['id', 'order', 'amount'] });

	test('in any order, with and without a separator', () => {
		const orders = ['TA60', 'T60A', 'AT60', 'A60T', '60TA', '60AT'];
		const texts = textsOf('few-fields', listRecipe(fields), known, 'numerous');
		expect(texts.filter((text) => /^(?=.*T)(?=.*A)(?=.*60)[^|]*$/.test(text))).toEqual(orders);
		expect(texts.filter((text) => /^(?=.*T)(?=.*A)(?=.*60).*\|/.test(text)).sort()).toEqual(
			['T|A|60', 'T|60|A', 'A|T|60', 'A|60|T', '60|T|A', '60|A|T'].sort(),
		);
	});

	test('are those that are signed', () => {
		const four = { ...known, knownFields: ['id', 'order', 'amount', 'nowhere'] };
		const five = { ...four, signed: [...four.signed, 'more'] };
		expect(textsOf('few-fields', listRecipe(fields), five, 'numerous')).toHaveLength(30);
		// No fewer than are signed at all.
		expect(mistakesOf('few-fields', four, 'numerous')).toEqual([]);
	});

	test('are no mistake over a text of credentials', () => {
		expect(textsOf('few-fields', plainRecipe(fields), known, 'numerous')).toEqual([]);
	});

	test('are named, and that no separator is between them', () => {
		const said = mistakesOf('few-fields', known, 'numerous').map((mistake) => mistake.said);
		expect(said.slice(0, 2)).toEqual(['over id alone, without a separator', 'over id alone']);
	});
});
