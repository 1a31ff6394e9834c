import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { signatureOf } from '../../../src/verify/recipe.ts';
import {
	contextOf,
	listRecipe,
	made,
	mistakesOf,
	plainRecipe,
	textsOf,
} from '../../support/mistakes.ts';

const recipe = listRecipe({ a: '1/2', b: 'x y' });

describe('the right values, joined wrongly', () => {
	test.each([
		['no-separator', ['1/2x y']],
		[
			'wrong-separator',
			[',', '&', '-', ':', ';', ' ', '||', ' | ', '\n'].map((join) => `1/2${join}x y`),
		],
		['query-string', ['a=1%2F2&b=x+y']],
		['name-value', ['a=1/2|b=x y', 'a:1/2|b:x y']],
		[
			'json-serialised',
			['{"a":"1/2","b":"x y"}', '{"a":"1\\/2","b":"x y"}', '{"a": "1/2", "b": "x y"}'],
		],
		['trailing-separator', ['1/2|x y|']],
		['trailing-newline', ['1/2|x y\n']],
		['reversed', ['x y|1/2']],
		['parts-reordered', []],
		['username-key-swapped', []],
	])('%s signs %j', (code, texts) => {
		expect(textsOf(code, recipe)).toEqual(texts);
	});

	test('the separator of another gateway may be the right one, and the bar wrong', () => {
		const commas = { ...recipe, join: ',' };
		expect(textsOf('wrong-separator', commas)).toContain('1/2|x y');
		expect(textsOf('wrong-separator', commas)).not.toContain('1/2,x y');
		expect(mistakesOf('wrong-separator', contextOf({}), 'common')[0]?.said).toContain('","');
	});

	test('a separator that is none is neither left out nor put behind the last value', () => {
		expect(textsOf('no-separator', { ...recipe, join: '' })).toEqual([]);
		expect(textsOf('trailing-separator', { ...recipe, join: '' })).toEqual([]);
	});

	test('Latin-1 bytes are other bytes', () => {
		const umlaut = listRecipe({ a: 'ä' });
		const changed = made('latin1-bytes', umlaut, contextOf({}), 'common');
		expect(changed.map((one) => signatureOf(one))).toEqual([
			createHmac('sha256', 'Key')
				.update(Buffer.from([0xe4]))
				.digest('hex'),
		]);
		expect(textsOf('latin1-bytes', { ...umlaut, bytes: 'latin1' })).toEqual([]);
	});

	test('one part alone has no other order', () => {
		for (const code of ['reversed', 'username-key-swapped', 'parts-reordered'])
			expect(textsOf(code, plainRecipe({ user: 'u' })), code).toEqual([]);
	});
});

describe('username, key and reference', () => {
	const text = plainRecipe({ user: 'u', key: 'k', ref: 'r' });

	test('in other orders', () => {
		expect(textsOf('username-key-swapped', text)).toEqual(['kur']);
		expect(textsOf('parts-reordered', text)).toEqual(['urk', 'kru', 'ruk']);
		expect(textsOf('reversed', text)).toEqual(['rku']);
	});

	test('two or four parts are not reordered as three are', () => {
		expect(textsOf('parts-reordered', plainRecipe({ user: 'u', key: 'k' }))).toEqual([]);
		const four = plainRecipe({ user: 'u', key: 'k', ref: 'r', more: 'm' });
		expect(textsOf('parts-reordered', four)).toEqual([]);
		expect(textsOf('username-key-swapped', four)).toEqual(['kurm']);
	});
});

describe('the signature of another order', () => {
	const fields = { user: 'u', key: 'k', ref_id: 'r' };
	const context = contextOf(
		{ ref_id: 'r', tr_id: '7', unlisted: 'x' },
		{
			referenceField: 'ref_id',
			otherReferences: ['order001', 'order002'],
			documentedOrder: ['tr_id', 'ref_id', 'sn'],
		},
	);

	test('is over its reference', () => {
		const texts = ['ukorder001', 'ukorder002'];
		expect(textsOf('other-reference', plainRecipe(fields), context)).toEqual(texts);
		expect(mistakesOf('other-reference', context, 'common')[0]?.said).toContain('order001');
	});

	test('or over what a language calls nothing, where the reference was not found', () => {
		const texts = ['ukundefined', 'uknull', 'ukNone'];
		expect(textsOf('reference-unread', plainRecipe(fields), context)).toEqual(texts);
		expect(textsOf('reference-unread', listRecipe(fields), context)).toEqual([]);
		const [{ said = '', php = '', js = '' } = {}] = mistakesOf(
			'reference-unread',
			context,
			'common',
		);
		for (const line of [said, php, js]) expect(line).toContain('ref_id');
	});

	test('or over another documented field that came', () => {
		expect(textsOf('wrong-reference-field', plainRecipe(fields), context)).toEqual(['uk7']);
		expect(textsOf('wrong-reference-field', listRecipe(fields), context)).toEqual([]);
		const [{ said = '', php = '', js = '' } = {}] = mistakesOf(
			'wrong-reference-field',
			context,
			'common',
		);
		expect(said).toMatch(/tr_id.*ref_id/);
		for (const line of [php, js]) expect(line).toContain('ref_id');
	});
});

describe('the raw body', () => {
	const over = (body: string | undefined, from = recipe) =>
		textsOf('raw-body', from, contextOf({}, { body }));

	test.each([
		['a=1&checksum=ff&b=2', 'a=1&b=2'],
		['checksum=ff&a=1', 'a=1'],
		['a=1&checksum=', 'a=1'],
	])('%s is signed with and without its signature', (body, rest) => {
		expect(over(body)).toEqual([body, rest]);
	});

	test('without a signature in it is one text', () => {
		expect(over('{"a":1}')).toEqual(['{"a":1}']);
		expect(over('a=1&mychecksum=2')).toEqual(['a=1&mychecksum=2']);
	});

	test('is told where there is one, and in place of a list of fields', () => {
		expect(over(undefined)).toEqual([]);
		expect(over('a=1', plainRecipe({ user: 'u' }))).toEqual([]);
		const context = contextOf({}, { body: 'a=1&checksum=2' });
		const [, rest] = mistakesOf('raw-body', context, 'common');
		expect(rest?.said).toContain('checksum');
	});

	test('stays whole where the signature is no field', () => {
		expect(
			textsOf('raw-body', recipe, contextOf({}, { body: 'a=1&=2', signatureField: undefined })),
		).toContain('a=1&=2');
	});
});
