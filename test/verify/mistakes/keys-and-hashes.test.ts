import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Recipe, signatureOf } from '../../../src/verify/recipe.ts';
import {
	contextOf,
	listRecipe,
	made,
	mistakesOf,
	plainRecipe,
	textsOf,
} from '../../support/mistakes.ts';

const recipe = listRecipe({ a: '1', b: 'x' });
const none = contextOf({});
const keysOf = (code: string, from: Recipe = recipe, context = none) =>
	(['common', 'rare'] as const).flatMap((kind) =>
		made(code, from, context, kind).map(({ key }) => key),
	);

describe('the right text under a damaged key', () => {
	test.each([
		['key-newline', ['Key\n', 'Key\n\n', 'Key\r\n\r\n', 'Key\n\n\n', 'Key\r', '\nKey']],
		['key-crlf', ['Key\r\n']],
		['key-bom', ['\ufeffKey', '\ufeffKey\n']],
		[
			'key-blank',
			['\u00a0', '\u200b', '\t', '  ']
				.flatMap((blank) => [`Key${blank}`, `${blank}Key`])
				.concat('Key '),
		],
		['key-blank-before', [' Key']],
		['key-quotes', ['"Key"']],
		['key-single-quotes', ["'Key'"]],
		['key-base64', ['S2V5']],
		// printf Key | md5sum
		['key-hashed', ['897356954c2cd3d41b221e3f24f99bba']],
		['key-upper-case', ['KEY']],
		['key-lower-case', ['key']],
		['key-cut', ['K', 'Ke', 'ey', 'y']],
		['key-empty', ['']],
	])('%s uses %j', (code, keys) => {
		expect(keysOf(code)).toEqual(expect.arrayContaining(keys));
		expect(keysOf(code, { ...recipe, key: '' }), 'without a key').toEqual([]);
	});

	test('or under another one, by its name', () => {
		const other = contextOf({}, { otherKeys: [{ name: 'the production key', text: 'other' }] });
		expect(keysOf('wrong-key', recipe, other)).toEqual(['other']);
		expect(mistakesOf('wrong-key', other, 'common')[0]?.said).toContain('the production key');
		expect(keysOf('wrong-key', { ...recipe, key: 'other' }, other)).toEqual([]);
	});

	test('changes a key that is a part of the text, and no other part', () => {
		const text = plainRecipe({ user: 'u', key: 'Key', ref: 'r' });
		expect(textsOf('key-quotes', text)).toEqual(['u"Key"r']);
	});

	test('a line break behind the username', () => {
		const text = plainRecipe({ user: 'u', key: 'Key', ref: 'r' });
		expect(textsOf('username-newline', text)).toEqual(['u\nKeyr']);
		// A key that comes first is a matter of the key; a list has no username.
		expect(textsOf('username-newline', plainRecipe({ key: 'Key', ref: 'r' }))).toEqual([]);
		expect(textsOf('username-newline', recipe)).toEqual([]);
		expect(textsOf('username-newline', plainRecipe({}))).toEqual([]);
	});
});

const algorithms = ['md5', 'sha1', 'sha256', 'sha512', 'sha384', 'sha224'];
const hash = (name: string, text: string) => createHash(name).update(text).digest('hex');
const hmac = (name: string, text: string, key = 'Key') =>
	createHmac(name, key).update(text).digest('hex');
const signaturesOf = (code: string, from: Recipe = recipe) =>
	made(code, from, none, 'common').map((one) => signatureOf(one));
const plain = plainRecipe({ user: 'u', key: 'Key' });

describe('the right text under another algorithm', () => {
	test('a plain hash for an HMAC, with the key before, behind or nowhere', () => {
		expect(signaturesOf('plain-hash')).toEqual(algorithms.map((name) => hash(name, '1|x')));
		expect(signaturesOf('plain-hash-key-first')).toEqual(
			algorithms.flatMap((name) => [hash(name, 'Key1|x'), hash(name, 'Key|1|x')]),
		);
		expect(signaturesOf('plain-hash-key-last')).toEqual(
			algorithms.flatMap((name) => [hash(name, '1|xKey'), hash(name, '1|x|Key')]),
		);
		for (const code of ['plain-hash', 'plain-hash-key-first', 'plain-hash-key-last'])
			expect(signaturesOf(code, plain), code).toEqual([]);
	});

	test('an HMAC for a plain hash, where there is a key', () => {
		expect(signaturesOf('hmac-for-hash', plain)).toEqual(
			algorithms.map((name) => hmac(name, 'uKey')),
		);
		expect(signaturesOf('hmac-for-hash', { ...plain, key: '' })).toEqual([]);
		expect(signaturesOf('hmac-for-hash')).toEqual([]);
	});

	test('the same kind with another hash', () => {
		expect(signaturesOf('wrong-algorithm')).toEqual(
			algorithms.filter((name) => name !== 'sha256').map((name) => hmac(name, '1|x')),
		);
		expect(signaturesOf('wrong-algorithm', plain)).toEqual(
			algorithms.filter((name) => name !== 'md5').map((name) => hash(name, 'uKey')),
		);
	});

	test('text and key in each other’s place', () => {
		expect(signaturesOf('arguments-swapped')).toEqual([hmac('sha256', 'Key', '1|x')]);
		expect(signaturesOf('arguments-swapped', plain)).toEqual([]);
	});

	test('of a few values, with the hashes that gateways really use', () => {
		const usual = ['md5', 'sha1', 'sha256', 'sha512'];
		for (const [code, texts] of [
			['plain-hash-key-first', ['Key1|x', 'Key|1|x']],
			['plain-hash-key-last', ['1|xKey', '1|x|Key']],
		] as const)
			expect(made(code, recipe, none, 'hashes').map((one) => signatureOf(one))).toEqual(
				usual.flatMap((name) => texts.map((text) => hash(name, text))),
			);
	});
});

describe('the right signature in another writing', () => {
	const right = createHmac('sha256', 'Key').update('1|x');
	const bytes = right.digest();

	test.each([
		['signature-upper-case', bytes.toString('hex').toUpperCase()],
		['signature-base64', bytes.toString('base64')],
		['signature-hex', undefined],
	])('%s', (code, signature) => {
		expect(signaturesOf(code)).toEqual(signature === undefined ? [] : [signature]);
	});

	test('hex for base64', () => {
		const base64 = { ...recipe, as: 'base64' } as const;
		expect(signaturesOf('signature-hex', base64)).toEqual([bytes.toString('hex')]);
		for (const code of ['signature-upper-case', 'signature-base64'])
			expect(signaturesOf(code, base64), code).toEqual([]);
	});
});
