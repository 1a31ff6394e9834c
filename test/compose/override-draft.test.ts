import { describe, expect, test } from 'vitest';
import { flagWords } from '../../src/cli/options/words.ts';
import { parseAssignment } from '../../src/compose/assignment.ts';
import type { FieldContext } from '../../src/compose/find-field.ts';
import { type Draft, override } from '../../src/compose/override.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { MessageFile } from '../../src/model/provider.ts';

const values = { ref: 'A-1', count: 1, note: null, inner: { a: 'x', b: 'y' } };
const message = {
	fields: ['ref', 'count', 'note', { inner: ['a', 'b', 'c'] }, 'sign'],
	names: { ref: 'ref_id' },
	wrap: { data: '$' },
	signature: { into: { field: 'sign' } },
} as unknown as MessageFile;
const context: FieldContext = { event: 'shop/paid', message, sample: values, templates: [] };
const draft: Draft = {
	values,
	vars: { pin: '1' },
	byHand: new Set(['before']),
	asWritten: new Set(['early']),
};

const parsed = (texts: readonly string[] = []) => texts.map((text) => parseAssignment(text, 'set'));
const overridden = (
	{ set, add, unset = [] }: { set?: string[]; add?: string[]; unset?: string[] },
	fieldContext = context,
	what?: string,
) => override(draft, { set: parsed(set), add: parsed(add), unset }, fieldContext, what);
const told = (...given: Parameters<typeof overridden>) => {
	try {
		overridden(...given);
	} catch (error) {
		return { code: (error as Problem).code, ...(error as Problem).in(flagWords) };
	}
	return undefined;
};

describe('set', () => {
	test('changes what is there, in its type, and remembers whose it is', () => {
		expect(
			overridden({ set: ['ref=B', 'data.ref_id=C', 'count=2', 'inner.a=z', 'pin=9'] }),
		).toEqual({
			values: { ...values, ref: 'C', count: 2, inner: { a: 'z', b: 'y' } },
			vars: { pin: '9' },
			byHand: new Set(['before', 'ref', 'count', 'inner.a', 'pin']),
			asWritten: new Set(['early']),
		});
	});

	test('with a type of its own keeps that', () => {
		const { values: after, asWritten } = overridden({ set: ['count:="2"', 'inner.a:=null'] });
		expect(after).toMatchObject({ count: '2', inner: { a: null, b: 'y' } });
		expect(asWritten).toEqual(new Set(['early', 'count', 'inner.a']));
	});

	test('of what is not there is a problem, under the name of the setting', () => {
		expect(told({ set: ['reff=1'] })).toMatchObject({
			code: 'path-unknown',
			message: '--set: shop/paid has no field "reff"',
		});
		expect(told({ set: ['reff=1'] }, context, 'tamper')?.message).toBe(
			'--tamper: shop/paid has no field "reff"',
		);
		expect(told({ set: ['count=x'] })?.code).toBe('value-misfit');
	});
});

describe('unset', () => {
	test('takes a field out, from either room, and nobody derives it again', () => {
		expect(overridden({ set: ['ref:="B"'], unset: ['ref', 'inner.b', 'pin'] })).toEqual({
			values: { count: 1, note: null, inner: { a: 'x' } },
			vars: {},
			byHand: new Set(['before', 'ref', 'inner.b', 'pin']),
			asWritten: new Set(['early', 'ref']),
		});
		expect(told({ unset: ['reff'] })?.message).toBe('--unset: shop/paid has no field "reff"');
	});
});

describe('add', () => {
	test('puts in what is not there, with the type that is written, as text otherwise', () => {
		const {
			values: after,
			byHand,
			asWritten,
		} = overridden({ add: ['more=5', 'inner.c:=5', 'new.deep:=true'] });
		expect(JSON.stringify(after)).toBe(
			'{"ref":"A-1","count":1,"note":null,"inner":{"a":"x","b":"y","c":5},"more":"5","new":{"deep":true}}',
		);
		expect(byHand).toEqual(new Set(['before', 'more', 'inner.c', 'new.deep']));
		expect(asWritten).toEqual(new Set(['early', 'inner.c', 'new.deep']));
	});

	test('goes without the envelope and under the own name, as set does', () => {
		expect(overridden({ add: ['data.more=5'] }).values).toEqual({ ...values, more: '5' });
		expect(told({ add: ['data.ref_id=5'] })?.code).toBe('path-exists');
	});

	test.each([
		['ref=1', 'shop/paid has ref already', 'Change it with --set ref=…'],
		['note=1', 'shop/paid has note already', 'Change it with --set note=…'],
		[
			'sign=1',
			'--add: the signature goes into sign',
			'Change it after signing with --tamper sign=…',
		],
		[
			'sign.x=1',
			'--add: the signature goes into sign',
			'Change it after signing with --tamper sign=…',
		],
		['ref.x=1', 'ref is a value, nothing can be added inside it', 'Choose another path.'],
		['note.x=1', 'note is a value, nothing can be added inside it', 'Choose another path.'],
		['inner.a.x.y=1', 'inner.a is a value, nothing can be added inside it', 'Choose another path.'],
	])('%s is refused', (text, problem, hint) => {
		expect(told({ add: [text] })).toMatchObject({
			code: 'path-exists',
			message: problem,
			hint: expect.stringContaining(hint.replace('…', '')),
		});
	});

	test('may take the name where no signature goes', () => {
		const { signature: _none, ...rest } = message;
		const unsigned = { ...context, message: rest };
		expect(overridden({ add: ['sign=1'] }, unsigned).values).toEqual({ ...values, sign: '1' });
	});
});
