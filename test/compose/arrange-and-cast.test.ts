import { describe, expect, test } from 'vitest';
import { flagWords } from '../../src/cli/options/words.ts';
import { inOrder, renamedForWire, textualised, wrapped } from '../../src/compose/arrange.ts';
import { cast } from '../../src/compose/cast.ts';
import { formText } from '../../src/compose/write-form.ts';
import { jsonText } from '../../src/compose/write-json.ts';
import { xmlText } from '../../src/compose/write-xml.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { MessageFile } from '../../src/model/provider.ts';
import { readJson } from '../../src/model/read-json.ts';
import type { Value, ValueObject } from '../../src/model/value.ts';

const json = (text: string) => readJson(text) as ValueObject;
const message = (more: object) => more as MessageFile;

function hintOf(act: () => unknown): string | undefined {
	try {
		act();
	} catch (error) {
		return (error as Problem).in(flagWords).hint;
	}
	return undefined;
}

describe('the order of fields', () => {
	const fields = ['b', { c: ['y', 'x'] }, 'a'];
	const sample = { a: 1, b: 2, c: { x: 1, y: 2, z: 3 }, d: 4 };
	const ordered = (values: ValueObject) => JSON.stringify(inOrder(values, fields, sample));

	test('is the documented one, inside of objects too', () => {
		expect(ordered({ a: 1, b: 2, c: { x: 1, y: 2 } })).toBe('{"b":2,"c":{"y":2,"x":1},"a":1}');
	});

	test('leaves out what the sample has and the option does not list, and keeps what was added', () => {
		expect(ordered({ d: 4, e: 5, c: { z: 3, w: 6 }, a: null })).toBe(
			'{"c":{"w":6},"a":null,"e":5}',
		);
	});

	test('takes a value as it is where an object was expected', () => {
		expect(ordered({ c: 'text' })).toBe('{"c":"text"}');
		expect(JSON.stringify(inOrder({ c: { z: 1, x: 2 } }, fields, { c: 'text' }))).toBe(
			'{"c":{"x":2,"z":1}}',
		);
	});
});

test('an object becomes a string of JSON only where it is sent so', () => {
	const values = json('{"message":{"a":60.00},"other":{"b":1},"plain":"x"}');
	const written = textualised(values, ['message', 'plain']);
	expect(written['message']).toBe('{"a":60.00}');
	expect(jsonText(written)).toBe('{"message":"{\\"a\\":60.00}","other":{"b":1},"plain":"x"}');
	expect(jsonText(textualised(values, undefined))).toBe(jsonText(values));
});

test('names are those of the wire, at the same place', () => {
	expect(JSON.stringify(renamedForWire({ a: 1, b: 2, c: { a: 3 } }, { a: 'ref_id' }))).toBe(
		'{"ref_id":1,"b":2,"c":{"a":3}}',
	);
	expect(renamedForWire({ a: 1 }, undefined)).toEqual({ a: 1 });
});

test.each([
	[undefined, { a: 1 }],
	['$', { a: 1 }],
	[{ data: '$' }, { data: { a: 1 } }],
	[
		{ status: 'ok', count: 1, none: null, data: ['$'] },
		{ status: 'ok', count: 1, none: null, data: [{ a: 1 }] },
	],
])('the envelope %j', (wrap, expected) => expect(wrapped({ a: 1 }, wrap)).toEqual(expected));

describe('the types that an option gives', () => {
	const casting = (kind: string, value: string, asWritten: string[] = []) =>
		jsonText(
			cast(json(`{"o":{"v":${value}}}`), message({ cast: { 'o.v': kind } }), new Set(asWritten)),
		);

	test.each([
		['number', '"60.00"', '60.00'],
		['number', '"0"', '0'],
		['number', '"1234"', '1234'],
		['number', '"-12.5"', '-12.5'],
		['number', '7', '7'],
		['number', 'null', 'null'],
		['string', '60.00', '"60.00"'],
		['string', '7', '"7"'],
		['string', 'true', '"true"'],
		['string', '"x"', '"x"'],
		['string', 'null', 'null'],
		['quoted', 'null', '"null"'],
		['quoted', 'false', '"false"'],
		['quoted', '60.00', '"60.00"'],
	])('%s makes of %s %s', (kind, value, expected) =>
		expect(casting(kind, value)).toBe(`{"o":{"v":${expected}}}`),
	);

	test.each(['', 'x', '01', '1.', '.5', '1e3', '+1', ' 1', '1x', 'x1', '--1'])(
		'"%s" is no number',
		(text) => {
			expect(() => casting('number', JSON.stringify(text))).toThrow(
				expect.objectContaining({
					code: 'value-misfit',
					message: `o.v is sent as a number here, and "${text}" is none`,
				}),
			);
		},
	);

	test('say how a text is sent all the same', () => {
		expect(hintOf(() => casting('number', '"x"'))).toBe(
			`Write --set 'o.v:="x"' to send it as text.`,
		);
	});

	test('leave alone what was written with its type, and what is not there', () => {
		expect(casting('string', '7', ['o.v'])).toBe('{"o":{"v":7}}');
		expect(cast({ a: 1 }, message({ cast: { b: 'string' } }), new Set())).toEqual({ a: 1 });
		expect(cast({ a: 1 }, message({}), new Set())).toEqual({ a: 1 });
	});
});

describe('writing', () => {
	test('XML is indented by two blanks, without what is null, and with the numbers as PHP prints them', () => {
		expect(
			xmlText(json('{"mp":{"ref":"a<b","price":60.00,"none":null,"in":{"x":true,"e":""}}}')),
		).toBe(
			[
				'<?xml version="1.0" encoding="UTF-8" ?>',
				'<mp>',
				'  <ref>a&lt;b</ref>',
				'  <price>60</price>',
				'  <in>',
				'    <x>1</x>',
				'    <e></e>',
				'  </in>',
				'</mp>',
			].join('\n'),
		);
	});

	test('a list is an element each in XML, an empty one none; a list of lists is refused', () => {
		expect(xmlText({ mp: { row: [{ a: '1' }, { a: '2' }], none: [], text: ['x', 3] } })).toBe(
			[
				'<?xml version="1.0" encoding="UTF-8" ?>',
				'<mp>',
				'  <row>',
				'    <a>1</a>',
				'  </row>',
				'  <row>',
				'    <a>2</a>',
				'  </row>',
				'  <text>x</text>',
				'  <text>3</text>',
				'</mp>',
			].join('\n'),
		);
		expect(() => xmlText({ mp: { row: [['x']] } })).toThrow('row is an array');
	});

	test.each(['', '1a', 'a b', 'a:b', '-a', 'é', 'a>'])('"%s" is no name of an element', (name) => {
		expect(() => xmlText({ mp: { [name]: 'x' } })).toThrow(
			expect.objectContaining({
				code: 'value-misfit',
				message: `"${name}" cannot be the name of an XML element`,
			}),
		);
	});

	test.each(['a', '_a', 'A1.b-c_d'])('"%s" is one', (name) => {
		expect(xmlText({ [name]: 'x' })).toContain(`<${name}>x</${name}>`);
	});

	test.each(['\x00', '\x08', '\x0b', '\x0c', '\x0e', '\x1f', '\ufffe', '\uffff'])(
		'XML cannot hold %j',
		(sign) => {
			expect(() => xmlText({ mp: { sn: `a${sign}b` } })).toThrow(
				expect.objectContaining({
					message: 'sn holds a control character, which XML cannot carry',
				}),
			);
		},
	);

	test('what XML cannot hold is told with what can', () => {
		expect(hintOf(() => xmlText({ sn: '\x07' }))).toBe('Use --encoding json, or another value.');
		expect(hintOf(() => xmlText({ 'a b': 'x' }))).toBe('Use --encoding json, or another name.');
	});

	test('XML can hold a tab and the ends of lines', () => {
		expect(xmlText({ sn: 'a\tb\nc\x7fd' })).toContain('a\tb\nc\x7fd');
	});

	test('forms take numbers as PHP prints them, and lists inside of objects', () => {
		// Output of php -r 'echo http_build_query(["a" => 60.00, "o" => ["l" => [true, null, 2.50]], "e" => []]);'
		expect(formText(json('{"a":60.00,"o":{"l":[true,null,2.50]},"e":[]}'))).toBe(
			'a=60&o%5Bl%5D%5B0%5D=1&o%5Bl%5D%5B2%5D=2.5',
		);
	});

	test('JSON keeps digits, and nothing is null', () => {
		expect(jsonText(json('{"a":60.00,"b":[12345678901234567890]}'))).toBe(
			'{"a":60.00,"b":[12345678901234567890]}',
		);
		expect(jsonText(undefined as unknown as Value)).toBe('null');
	});
});
