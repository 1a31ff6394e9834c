import { describe, expect, test } from 'vitest';
import { flagWords } from '../../src/cli/options/words.ts';
import { formFields, openedJson } from '../../src/compose/read-fields.ts';
import { readXml } from '../../src/compose/read-xml.ts';
import { deepest } from '../../src/model/depth.ts';
import type { Problem } from '../../src/model/problem.ts';

const problemOf = (work: () => unknown) => {
	try {
		work();
	} catch (error) {
		return { code: (error as Problem).code, ...(error as Problem).in(flagWords) };
	}
	return undefined;
};

describe('the fields of a form', () => {
	// As php -r 'parse_str($text, $fields); echo json_encode($fields);' has them.
	test.each([
		['a=1&b=x+y%20z', { a: '1', b: 'x y z' }],
		['a[b]=1&a[c][d]=2', { a: { b: '1', c: { d: '2' } } }],
		['a=1&b=2&a=3', { a: '3', b: '2' }],
		['a=1&a[b]=2', { a: { b: '2' } }],
		['a[b]=1&a=2', { a: '2' }],
		['a[b]=1&a=2&a[c]=3', { a: { c: '3' } }],
		['a=', { a: '' }],
		['', {}],
	])('%s', (text, fields) => {
		expect(formFields(text)).toEqual(fields);
	});

	test('keep their order', () => {
		expect(Object.keys(formFields('b=1&a=2&b=3'))).toEqual(['b', 'a']);
	});

	test('lie no deeper than values may', () => {
		const name = (levels: number) => `a${'[b]'.repeat(levels - 1)}`;
		expect(problemOf(() => formFields(`${name(deepest)}=1`))).toBeUndefined();
		expect(problemOf(() => formFields(`${name(deepest + 1)}=1`))).toEqual({
			code: 'body-invalid',
			message: expect.stringContaining(String(deepest)) as string,
			hint: expect.stringContaining('--raw-body') as string,
		});
	});
});

test.each([
	['{"a":1}', { a: 1 }],
	['[1]', '[1]'],
	['"a"', '"a"'],
	['{"a"', '{"a"'],
	['', ''],
	[5, 5],
	[null, null],
])('JSON in a text: %j is opened to %j', (value, opened) => {
	expect(openedJson(value)).toEqual(opened);
});

describe('XML', () => {
	const read = (text: string) => readXml(text, (say) => say('body'));

	test.each([
		['<m><a>007</a><b> x </b></m>', { m: { a: '007', b: ' x ' } }],
		['<?xml version="1.0"?><?pi x?><m><a>1.0</a></m>', { m: { a: '1.0' } }],
		['<m>\n  <a>1</a>\n</m>', { m: { a: '1' } }],
		['<m><a><b>1</b>\n</a><a>2</a></m>', { m: { a: [{ b: '1' }, '2'] } }],
		['<m><a>&lt;&gt;&amp;&quot;&apos;</a></m>', { m: { a: `<>&"'` } }],
		['<m><a>&#39;&#xE9;&#233;&amp;#33;</a></m>', { m: { a: "'éé&#33;" } }],
		['<m>true</m>', { m: 'true' }],
	])('%s', (text, value) => {
		expect(read(text)).toEqual(value);
	});

	test.each([
		['a document type', '<!DOCTYPE m><m/>', 'document type'],
		['a document type in small letters', '<!doctype m><m/>', 'document type'],
		['an element that is not closed', '<m>\n<a>\n</m>', 'line 2'],
		['a name that only attacks use', '<__proto__>x</__proto__>', 'not readable XML'],
	])('with %s is refused', (_name, text, message) => {
		expect(problemOf(() => read(text))).toEqual({
			code: 'body-invalid',
			message: expect.stringMatching(new RegExp(`^--body.*${message}`)) as string,
			hint: expect.stringContaining('--raw-body') as string,
		});
	});

	test('is read as deep as values may lie', () => {
		const nested = (levels: number) => `${'<a>'.repeat(levels)}x${'</a>'.repeat(levels)}`;
		expect(problemOf(() => read(nested(deepest - 1)))).toBeUndefined();
		expect(problemOf(() => read(nested(deepest + 2)))?.code).toBe('body-invalid');
	});
});
