import { describe, expect, test } from 'vitest';
import { parseJson } from '../../src/compose/assignment.ts';
import type { SignatureRule } from '../../src/model/provider.ts';
import { Secret } from '../../src/model/secret.ts';
import type { ValueObject } from '../../src/model/value.ts';
import {
	canonicalOf,
	type Recipe,
	recipeOf,
	shownCanonical,
	signatureOf,
	textAt,
} from '../../src/verify/recipe.ts';

const credentials = (name: string) =>
	new Secret(name, `${name} text`, name === 'api_key' ? 'own' : 'simulator');
const rule = (more: object): SignatureRule =>
	({ algorithm: 'hmac-sha256', key: 'api_key', as: 'hex', into: { field: 'x' }, ...more }) as never;
const values: ValueObject = { a: '1', b: true, inner: { c: 'x' } };

describe('the recipe of a signature', () => {
	test('over fields has a part for each, in the order of the rule', () => {
		const over = { fields: ['b', 'a', 'inner.c', 'gone'], join: '|' };
		expect(recipeOf(rule({ over, prefix: 'v1=' }), values, credentials)).toEqual({
			parts: [
				{ name: 'b', text: '1' },
				{ name: 'a', text: '1' },
				{ name: 'inner.c', text: 'x' },
				{ name: 'gone', text: '' },
			],
			join: '|',
			algorithm: 'hmac-sha256',
			key: 'api_key text',
			as: 'hex',
			prefix: 'v1=',
		});
	});

	test('over a text has its literals, credentials and fields as parts', () => {
		const over = '${cred.username}${cred.api_key}-${a}${when}';
		const recipe = recipeOf(
			rule({ over, key: undefined, algorithm: 'md5' }),
			values,
			credentials,
			(path) => `the ${path}`,
		);
		expect(recipe).toMatchObject({ join: '', key: '', prefix: '' });
		expect(recipe?.parts).toEqual([
			{ name: 'username', text: 'username text', secret: false },
			{ name: 'api_key', text: 'api_key text', secret: true },
			{ name: 'text', text: '-' },
			{ name: 'a', text: '1' },
			// What no field holds is asked for elsewhere: a time in a header.
			{ name: 'when', text: 'the when' },
		]);
		const without = recipeOf(rule({ over: '${when}' }), values, credentials);
		expect(without?.parts).toEqual([{ name: 'when', text: '' }]);
	});

	test('over a whole body has that for its only part, and is none under a key of two halves', () => {
		const whole = recipeOf(rule({ over: 'body' }), values, credentials, (path) => `the ${path}`);
		expect(whole?.parts).toEqual([{ name: 'body', text: 'the body' }]);
		const rsa = rule({ over: '${a}', algorithm: 'rsa-sha256' });
		expect(recipeOf(rsa, values, credentials)).toBeUndefined();
	});
});

describe('a value in a signed text', () => {
	const mixed = parseJson(
		'{"n":60.00,"o":{"a":[60.00,1]},"l":[1,2],"z":null,"f":false,"d":{"e":"x"}}',
		'values',
	);

	test.each([
		['n', '60'],
		['o', '{"a":[60.00,1]}'],
		['l', '[1,2]'],
		['z', ''],
		['f', ''],
		['d.e', 'x'],
		['gone', ''],
	])('%s is %j', (path, text) => {
		expect(textAt(mixed as ValueObject, path)).toBe(text);
	});
});

describe('what is signed', () => {
	const recipe: Recipe = {
		parts: [
			{ name: 'user', text: 'me' },
			{ name: 'key', text: 'mine', secret: true },
		],
		join: '|',
		algorithm: 'md5',
		key: '',
		as: 'hex',
		prefix: '',
	};

	test('is shown with the user’s own credentials named', () => {
		expect(canonicalOf(recipe)).toBe('me|mine');
		expect(shownCanonical(recipe)).toBe('me|[secret:key]');
	});

	test('may be a text in place of the parts', () => {
		expect(canonicalOf({ ...recipe, text: '' })).toBe('');
		expect(shownCanonical({ ...recipe, text: 'other' })).toBe('other');
	});

	// printf 'me|mine' | openssl dgst -md5, -sha1 -hmac k; with -binary | base64
	test.each<[string, Partial<Recipe>, string]>([
		['md5', {}, '0fb3528db414ebbb6af1f7769066a010'],
		['in capitals', { as: 'HEX' }, '0FB3528DB414EBBB6AF1F7769066A010'],
		['in base64', { as: 'base64' }, 'D7NSjbQU67tq8fd2kGagEA=='],
		['behind a prefix', { prefix: 'v1=' }, 'v1=0fb3528db414ebbb6af1f7769066a010'],
		[
			'as an HMAC',
			{ algorithm: 'hmac-sha1', key: 'k' },
			'345b6ab4a1578b7862405b5332c071085a7286a9',
		],
		['over Latin-1 bytes', { text: 'ä', bytes: 'latin1' }, 'c15bcc5577f9fade4b4a3256190a59b0'],
		['over UTF-8 bytes', { text: 'ä' }, '8419b71c87a225a2c70b50486fbee545'],
	])('is signed %s', (_name, more, signature) => {
		expect(signatureOf({ ...recipe, ...more })).toBe(signature);
	});
});
