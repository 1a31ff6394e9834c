import { describe, expect, test } from 'vitest';
import { readFields } from '../../src/verify/read-fields.ts';

const read = (body: string | Uint8Array, type?: string, target = '/') =>
	readFields({
		method: 'POST',
		target,
		headers: type === undefined ? {} : { 'content-type': type },
		body: Buffer.from(body),
	});
const form = 'application/x-www-form-urlencoded';

describe('the fields of a body', () => {
	test.each([
		['a form', 'a=1&b[c]=2', form, { encoding: 'form', value: { a: '1', b: { c: '2' } } }],
		['a form without a label', 'a=1', undefined, { encoding: 'form', value: { a: '1' } }],
		['JSON', '{"a":1}', 'application/json', { encoding: 'json', value: { a: 1 } }],
		['JSON without a label', ' {"a":1}\n', undefined, { encoding: 'json', value: { a: 1 } }],
		['JSON behind a byte order mark', '\ufeff{"a":1}', undefined, { value: { a: 1 } }],
		['XML', '<m><a>1</a></m>', 'text/xml', { encoding: 'xml', value: { m: { a: '1' } } }],
		['XML without a label', '<m><a>1</a></m>', '', { encoding: 'xml' }],
	])('are read from %s', async (_name, body, type, wanted) => {
		expect(await read(body, type)).toMatchObject({ ...wanted, mislabelled: undefined });
	});

	test.each([
		['a text', 'hello'],
		['an equals sign in a sentence', 'a = 1'],
		['a sentence that begins with one', '=1'],
		['a pair with a blank behind', 'a=1 b'],
		['an ampersand before the first sign', 'a&b=1'],
		['a list', '[1]'],
		['broken JSON', '{"a":'],
		['broken XML', '<a><b></a>'],
		['XML of no elements', '<a>text</a>x'],
		['a NUL', 'a=1\0'],
		['bytes that are no UTF-8', new Uint8Array([0x61, 0x3d, 0xff])],
	])('are not there in %s', async (_name, body) => {
		expect(await read(body)).toBeUndefined();
	});

	test('labelled as what it is not is told, where the label is one that a provider uses', async () => {
		for (const [body, type] of [
			['a=1', 'application/json'],
			['a=1', 'application/xml'],
			['{"a":1}', form],
			['<m><a>1</a></m>', 'Application/JSON; charset=utf-8'],
		] as const)
			expect((await read(body, type))?.mislabelled, body).toBe(type);
		for (const type of ['text/plain', '', 'APPLICATION/X-WWW-FORM-URLENCODED'])
			expect((await read('a=1', type))?.mislabelled, type).toBeUndefined();
	});

	test('that looks like nothing is read as its label says', async () => {
		expect(await read('"text"', 'application/json')).toBeUndefined();
		expect(await read('text', 'text/xml')).toBeUndefined();
		expect(await read('text', form)).toBeUndefined();
	});
});

describe('what no provider sends is not read', () => {
	test('more than a megabyte', async () => {
		const mega = 1024 * 1024;
		expect(await read(`a=${'x'.repeat(mega - 2)}`)).toBeDefined();
		expect(await read(`a=${'x'.repeat(mega - 1)}`)).toBeUndefined();
	});

	test('more than 500 fields, and names deeper than ten', async () => {
		const pairs = (count: number) => Array.from({ length: count }, (_, at) => `f${at}=1`).join('&');
		expect(await read(pairs(500))).toBeDefined();
		expect(await read(pairs(501))).toBeUndefined();
		expect(await read(`a${'[b]'.repeat(9)}=1`)).toBeDefined();
		expect(await read(`a${'[b]'.repeat(10)}=1`)).toBeUndefined();
	});
});

test('a name that stands there twice is told, and a list is none', async () => {
	expect((await read('a=1&b=2&a=3'))?.repeated).toBe('a');
	expect((await read('a=1&b[c]=2&b[c]=3'))?.repeated).toBe('b[c]');
	expect(await read('a[]=1&a[]=2&b=1')).toMatchObject({ encoding: 'form', repeated: undefined });
});

describe('the fields of a URL', () => {
	test('are those of its last query, where there is no body', async () => {
		expect(await read('', undefined, '/done?a=1&b=2')).toEqual({
			encoding: 'query',
			value: { a: '1', b: '2' },
		});
		expect(await read(' \n', undefined, '/done?order=1?a=1')).toMatchObject({ value: { a: '1' } });
		expect(await read('b=2', undefined, '/done?a=1')).toMatchObject({ value: { b: '2' } });
	});

	test.each(['/done', '/done?', '/done?a', '/a=1', 'a=1'])('are none in %s', async (target) => {
		expect(await read('', undefined, target)).toBeUndefined();
	});
});
