import { describe, expect, test } from 'vitest';
import { flagWords } from '../../src/cli/options/words.ts';
import { parseAssignment } from '../../src/compose/assignment.ts';
import { type FieldContext, findField } from '../../src/compose/find-field.ts';
import { tampered } from '../../src/compose/tamper.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { MessageFile } from '../../src/model/provider.ts';
import type { ValueObject } from '../../src/model/value.ts';

const message = {
	fields: ['ref', 'sum', { to: ['bank', { owner: ['name'] }] }, 'late', 'text'],
	names: { ref: 'ref_id' },
	text: ['text'],
	signature: { into: { field: 'sign' } },
} as unknown as MessageFile;
const sample: ValueObject = {
	ref: 'A',
	sum: 1,
	to: { bank: 'B', owner: { name: 'N', age: 7 } },
	unsent: 'x',
	feeds: 'y',
};
const context: FieldContext = {
	event: 'shop/paid',
	message,
	sample,
	templates: ['plain', 'for ${feeds|md5}'],
};
const rooms = { values: sample, vars: { pin: '1', ref: 'shadowed' } };

const caught = (work: () => unknown) => {
	try {
		return work();
	} catch (error) {
		return { code: (error as Problem).code, ...(error as Problem).in(flagWords) };
	}
};
const found = (text: string, more: Partial<FieldContext> = {}, of = rooms) =>
	caught(() => findField(text, of, { ...context, ...more }));

describe('a field is found', () => {
	test.each([
		['ref', 'values', ['ref']],
		['ref_id', 'values', ['ref']],
		['to', 'values', ['to']],
		['to.bank', 'values', ['to', 'bank']],
		['to.owner.name', 'values', ['to', 'owner', 'name']],
		['to[owner][name]', 'values', ['to', 'owner', 'name']],
		['feeds', 'values', ['feeds']],
		['pin', 'vars', ['pin']],
	])('%s', (text, room, path) => {
		expect(found(text)).toEqual({ room, path });
	});

	test('that a body brought along, though nobody documents it', () => {
		const values = { ...sample, more: '1' };
		expect(found('more', {}, { ...rooms, values })).toEqual({ room: 'values', path: ['more'] });
	});
});

describe('a field is refused', () => {
	test.each(['unsent', 'to.owner.age'])('that changes nothing on the wire: %s', (text) => {
		expect(found(text)).toEqual({
			code: 'path-unknown',
			message: expect.stringMatching(new RegExp(`^--set: shop/paid .* ${text} `)) as string,
			hint: expect.stringContaining('callsim list') as string,
		});
	});

	test.each([
		['the signature, which is made anew', 'sign', '--tamper sign='],
		['one that this sample leaves out', 'late', '--add late='],
		['one that is nearly another', 'summ', '"sum"'],
		['one that is like none', 'qqqqqqqqq', 'ref, sum, to, to.bank'],
		['a part of one that is left out', 'late.x', 'to.owner.name'],
	])('%s', (_name, text, hint) => {
		expect(found(text)).toEqual({
			code: 'path-unknown',
			message: `--set: shop/paid has no field "${text}"`,
			hint: expect.stringContaining(hint) as string,
		});
	});

	test('under the name of the setting that names it', () => {
		const problem = caught(() => findField('x', rooms, context, 'unset'));
		expect(problem).toMatchObject({ message: expect.stringMatching(/^--unset: /) as string });
	});

	test('as any other, where no field is signed', () => {
		const { signature: _signature, ...unsigned } = message;
		for (const of of [unsigned, { ...message, signature: { into: { header: 'x' } } }])
			expect(found('sign', { message: of as MessageFile })).toMatchObject({
				hint: expect.not.stringContaining('--tamper') as string,
			});
	});
});

describe('what was signed is changed', () => {
	const signed = { ref: 'A', sum: 1, sign: 'ff', text: '{"a":1,"b":"x"}', note: '{"a":1}' };
	const { sign: _sign, ...unsigned } = signed;
	const tamper = (...texts: string[]) =>
		caught(() =>
			tampered(
				signed,
				texts.map((text) => parseAssignment(text, 'tamper')),
				{ ...context, sample: unsigned },
			),
		);

	test.each([
		['ref=B', { ...signed, ref: 'B' }],
		['ref_id=B', { ...signed, ref: 'B' }],
		['sum=2', { ...signed, sum: 2 }],
		['sign=00', { ...signed, sign: '00' }],
		['text.a=2', { ...signed, text: '{"a":2,"b":"x"}' }],
		['text.b:=null', { ...signed, text: '{"a":1,"b":null}' }],
		['text=plain', { ...signed, text: 'plain' }],
	])('%s', (text, values) => {
		expect(tamper(text)).toEqual(values);
	});

	test('by one after another', () => {
		expect(tamper('ref=B', 'ref=C', 'sum=2')).toEqual({ ...signed, ref: 'C', sum: 2 });
		expect(tamper()).toEqual(signed);
	});

	test.each([
		['that is not there', 'reff=1', 'path-unknown', '--tamper: shop/paid has no field "reff"'],
		[
			'that is not there inside of a text',
			'text.c=1',
			'path-unknown',
			'--tamper: there is no "text.c"',
		],
		['inside of a text that is only one', 'note.a=2', 'path-unknown', 'note.a'],
		['that is the same already', 'ref=A', 'value-misfit', 'ref is "A" already'],
		['that is the same already, in JSON', 'sum:=1', 'value-misfit', 'sum has this value already'],
		['that is the same already inside', 'text.a=1', 'value-misfit', 'text.a is "1" already'],
	])('but not to what it is, nor %s', (_name, text, code, told) => {
		expect(tamper(text)).toEqual({
			code,
			message: expect.stringContaining(told) as string,
			hint: expect.stringMatching(/\w/) as string,
		});
	});
});
