import { parse } from 'lossless-json';
import { describe, expect, test } from 'vitest';
import type { ValueObject } from '../../../src/model/value.ts';
import { contextOf, listRecipe, mistakesOf, textsOf } from '../../support/mistakes.ts';

describe('a value that was changed on its way into the signed text', () => {
	test.each([
		['number-reprinted', '60.00', '60'],
		['number-reprinted', '-1.50', '-1.5'],
		['number-reprinted', '007', '7'],
		['two-decimals', '60', '60.00'],
		['one-decimal', '60', '60.0'],
		['none-as-text', '', 'None'],
		['null-as-text', '', 'null'],
		['undefined-as-text', '', 'undefined'],
		['trimmed', ' \tMohd Ali\n', 'Mohd Ali'],
		['slashes', 'a\'b"c\\d', 'a\\\'b\\"c\\\\d'],
		['lower-case', 'Mohd Ä', 'mohd ä'],
		['upper-case', 'Mohd ä', 'MOHD Ä'],
		['not-decoded', 'a b&c', 'a+b%26c'],
		['percent-encoded', 'a b&c', 'a%20b%26c'],
		['plus-for-blank', 'a b c', 'a+b+c'],
		['decoded-twice', 'a+%20b%2B+c', 'a  b+ c'],
		[
			'html-escaped',
			'<a href="x">\'&"\'</a><&>',
			'&lt;a href=&quot;x&quot;&gt;&#039;&amp;&quot;&#039;&lt;/a&gt;&lt;&amp;&gt;',
		],
		['latin1', 'ä', 'Ã¤'],
		['json-value', 'a"b', '"a\\"b"'],
	])('%s makes of %j %j', (code, text, changed) => {
		const fields = { other: '-', v: text };
		const [other] = textsOf(code, listRecipe({ v: '-' }), contextOf({ v: '-' }));
		expect(textsOf(code, listRecipe(fields), contextOf(fields))).toEqual([
			`${other ?? '-'}|${changed}`,
		]);
	});

	test.each([
		['number-reprinted', ['60', '1e5', '1x', 'x1', '1.', '.5', '']],
		['two-decimals', ['60.00', '60.', 'RM 60', '']],
		['one-decimal', ['60.0', 'x']],
		['none-as-text', ['x']],
		['null-as-text', ['x']],
		['undefined-as-text', ['x']],
		['trimmed', ['a b']],
		['slashes', ['a/b']],
		['not-decoded', ['ab']],
		['decoded-twice', ['100%', 'ab']],
		['html-escaped', ['ab']],
		['latin1', ['ab']],
	])('%s is none where it changes nothing: %j', (code, texts) => {
		for (const v of texts)
			expect(textsOf(code, listRecipe({ v }), contextOf({ v })), v).toEqual([]);
	});

	test('is printed as JSON prints it where there is one', () => {
		const values = { a: 'x', n: null } as unknown as Record<string, string>;
		const recipe = listRecipe({ a: 'x', n: '', gone: '' });
		expect(textsOf('json-value', recipe, contextOf(values))).toEqual(['"x"||']);
	});

	test('keeps the digits of a JSON number as they were written', () => {
		const values = parse('{"a":60.00,"b":"60.00"}') as ValueObject;
		const context = { ...contextOf({}), values };
		const recipe = listRecipe({ a: '60', b: '60.00', gone: '' });
		expect(textsOf('number-as-written', recipe, context)).toEqual(['60.00|60.00|']);
		expect(textsOf('number-as-written', listRecipe({ b: '60.00' }), context)).toEqual([]);
	});
});

describe('one value alone that was changed', () => {
	test.each([
		['number-reprinted', '60.00', '60'],
		['two-decimals', '60', '60.00'],
		['one-decimal', '60', '60.0'],
		['trimmed', ' x', 'x'],
		['lower-case', 'Ab', 'ab'],
		['upper-case', 'Ab', 'AB'],
	])('%s, each in its turn', (code, text, changed) => {
		const fields = { a: text, b: text };
		expect(textsOf(code, listRecipe(fields), contextOf(fields), 'numerous')).toEqual([
			`${changed}|${text}`,
			`${text}|${changed}`,
		]);
	});

	test('is named in what is said, and in the lines to look for', () => {
		for (const { said, php, js } of mistakesOf('trimmed', contextOf({ payer: ' x' }), 'numerous'))
			for (const text of [said, php, js]) expect(text).toContain('payer');
	});
});
