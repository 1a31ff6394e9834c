import { LosslessNumber } from 'lossless-json';
import { describe, expect, test } from 'vitest';
import { flagWords } from '../../src/cli/options/words.ts';
import {
	assignmentsOf,
	assignmentText,
	inTypeOf,
	parseAssignment,
	parseJson,
} from '../../src/compose/assignment.ts';
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
const text = (value: string) => ({ kind: 'text', text: value });
const json = (value: unknown) => ({ kind: 'json', json: value });

describe('an assignment', () => {
	test.each([
		['a=b', 'a', text('b')],
		['a=', 'a', text('')],
		['a=b=c', 'a', text('b=c')],
		['a.b=:=', 'a.b', text(':=')],
		['a:=1', 'a', json(1)],
		['a:="x=y"', 'a', json('x=y')],
		['a:b=c', 'a:b', text('c')],
		['a: =c', 'a: ', text('c')],
	])('%s', (argument, path, value) => {
		expect(parseAssignment(argument, 'set')).toEqual({ path, value });
	});

	test.each(['', 'a', '=b', ':=1', '='])('%j is none', (argument) => {
		expect(problemOf(() => parseAssignment(argument, 'set'))).toMatchObject({
			code: 'usage',
			hint: expect.stringContaining('--set path=value') as string,
		});
	});

	test('is cut where it is told, as much as a person reads of it', () => {
		const long = 'x'.repeat(200);
		expect(problemOf(() => parseAssignment(long, 'set'))?.message).toContain(`"${long}"`);
		expect(problemOf(() => parseAssignment(`${long}y`, 'set'))?.message).toContain(`"${long}…"`);
	});

	test('leads as deep as values may lie, and no deeper', () => {
		const path = (levels: number) => Array.from({ length: levels }, () => 'a').join('.');
		expect(parseAssignment(`${path(deepest)}=1`, 'set').path).toBe(path(deepest));
		expect(problemOf(() => parseAssignment(`${path(deepest + 1)}=1`, 'set'))).toMatchObject({
			code: 'usage',
			message: expect.stringContaining(String(deepest)) as string,
			hint: expect.stringContaining('--raw-body') as string,
		});
	});

	test('of broken JSON names itself, and what text would need', () => {
		expect(problemOf(() => parseAssignment('a:=soon', 'add'))).toMatchObject({
			code: 'value-misfit',
			message: expect.stringContaining('--add a:=soon') as string,
			hint: expect.stringContaining(`'"soon"'`) as string,
		});
		for (const broken of ['{"a":', '[1', "it's"])
			expect(problemOf(() => parseAssignment(`a:=${broken}`, 'add'))?.hint).not.toContain('quotes');
	});

	test.each([
		['a=b', 'a=b'],
		['a:=1', 'a:=1'],
		['a:={"b":[null,true]}', 'a:={"b":[null,true]}'],
	])('%s is printed as it was read', (argument, printed) => {
		expect(assignmentText(parseAssignment(argument, 'set'))).toBe(printed);
	});

	test('to a path that ends in a colon is printed so that it is read again', () => {
		const odd = { path: 'a:', value: { kind: 'text', text: 'b' } } as const;
		expect(assignmentText(odd)).toBe('a::="b"');
		expect(parseAssignment(assignmentText(odd), 'set')).toEqual({ path: 'a:', value: json('b') });
	});
});

test('a program or a file assigns names and values, or lines', () => {
	expect(assignmentsOf(undefined, 'set')).toBeUndefined();
	expect(assignmentsOf(['a=b', 'c:=1'], 'set')).toEqual([
		{ path: 'a', value: text('b') },
		{ path: 'c', value: json(1) },
	]);
	const number = new LosslessNumber('60.00');
	const values = { 'a:': 'x', n: 5, t: true, number, nothing: null, list: [1], inner: { b: 'c' } };
	expect(assignmentsOf(values, 'set')).toEqual([
		{ path: 'a:', value: text('x') },
		{ path: 'n', value: text('5') },
		{ path: 't', value: text('true') },
		{ path: 'number', value: text('60.00') },
		{ path: 'nothing', value: json(null) },
		{ path: 'list', value: json([1]) },
		{ path: 'inner', value: json({ b: 'c' }) },
	]);
});

test('what a program assigns lies no deeper than values may', () => {
	let deep: unknown = 'x';
	for (let level = 0; level <= deepest; level++) deep = { a: deep };
	expect(problemOf(() => assignmentsOf({ a: deep }, 'set'))?.code).toMatch(/\w/);
	expect(problemOf(() => assignmentsOf({ a: { a: 'x' } }, 'set'))).toBeUndefined();
});

describe('a text takes the type that stands there', () => {
	test.each([
		['x', 'y', 'y'],
		[null, '5', '5'],
		[undefined, 'true', 'true'],
		[true, 'false', false],
		[false, 'true', true],
		[1, '2.5', 2.5],
		[1, '-3', -3],
		[new LosslessNumber('60.00'), '5', 5],
	])('%j, given %j, becomes %j', (present, given, value) => {
		expect(inTypeOf(present as never, given, 'a')).toBe(value);
	});

	test.each([
		[true, 'yes', 'a is true or false, not "yes"', `'a:="yes"'`],
		[1, 'x', 'a is a number, not "x"', `'a:="x"'`],
		[1, '', 'a is a number, not ""', `'a:=""'`],
		[1, '60.00', 'a is a number, and 60.00 would be sent as 60', '--set a:=60.00'],
		[new LosslessNumber('1.0'), 'x', 'a is a number, not "x"', `'a:="x"'`],
		[[1], '1', 'a is an array', 'a:={'],
		[{ b: 1 }, '1', 'a is an object', 'a:={'],
	])('%j does not take %j', (present, given, message, hint) => {
		expect(problemOf(() => inTypeOf(present as never, given, 'a'))).toEqual({
			code: 'value-misfit',
			message,
			hint: expect.stringContaining(hint) as string,
		});
	});
});

test('JSON that is none is a problem of whoever wanted it', () => {
	expect(problemOf(() => parseJson('{', 'the body', 'body-invalid'))).toMatchObject({
		code: 'body-invalid',
		message: expect.stringContaining('the body: not JSON') as string,
	});
	expect(problemOf(() => parseJson('{', 'inner'))?.code).toBe('value-misfit');
	expect(String(parseJson('60.00', 'a'))).toBe('60.00');
});
