import { describe, expect, test } from 'vitest';
import { flagWords } from '../../src/cli/options/words.ts';
import { codeWarnings, followCodes } from '../../src/compose/codes.ts';
import type { Draft } from '../../src/compose/override.ts';
import { amountWarnings, roleAssignments } from '../../src/compose/roles.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { CallbackEvent, MessageFile } from '../../src/model/provider.ts';
import type { ValueObject } from '../../src/model/value.ts';

const event = { id: 'shop/paid' } as CallbackEvent;
const message = (more: object) => more as MessageFile;
const draft = (values: ValueObject, byHand: string[] = [], vars: ValueObject = {}): Draft => ({
	values,
	vars,
	byHand: new Set(byHand),
	asWritten: new Set(),
});

describe('the reference and the amount', () => {
	const shop = message({ roles: { reference: 'order.id', amount: 'sum' } });
	const there = draft({ order: { id: 'A' } }, [], { sum: '1' });
	const assigned = (shaping: object, of = shop, from = there) => {
		try {
			return roleAssignments(event, of, from, shaping);
		} catch (error) {
			return { code: (error as Problem).code, ...(error as Problem).in(flagWords) };
		}
	};

	test('are set under the provider’s names, in either room', () => {
		expect(assigned({})).toEqual([]);
		expect(assigned({ ref: 'B', amount: '-5.00' })).toEqual([
			{ path: 'order.id', value: { kind: 'text', text: 'B' } },
			{ path: 'sum', value: { kind: 'text', text: '-5.00' } },
		]);
		expect(assigned({ ref: '5 apples' })).toHaveLength(1);
	});

	test.each([
		[{ ref: '' }, '--ref', 'reference'],
		[{ amount: '' }, '--amount', 'amount'],
	])('are not empty: %j', (shaping, flag, role) => {
		expect(assigned(shaping)).toEqual({
			code: 'value-missing',
			message: expect.stringContaining(flag) as string,
			hint: expect.stringMatching(new RegExp(`--set.*${role}`)) as string,
		});
	});

	test.each([
		['Rp 1.250.000', '1250000'],
		['RM60.50', '60.50'],
		['myr 1,234.5', '1234.5'],
		['IDR 10 000', '10000'],
		['60,5', '60.5'],
		['-1,234', '-1234'],
		['1.234.567,89', '1234567.89'],
	])('an amount of %s may be meant as %s', (amount, plain) => {
		expect(assigned({ amount })).toEqual({
			code: 'value-misfit',
			message: expect.stringContaining(`--amount "${amount}"`) as string,
			hint: expect.stringMatching(new RegExp(`--amount ${plain}\\.$`)) as string,
		});
	});

	test.each([
		'soon',
		'1e5',
		'60.',
		'.5',
		'12,34,567',
		'1.2345.678',
		'Rp',
		'6 0',
		'60.00 x',
		'1,2,3',
	])('an amount of %s is none', (amount) => {
		const problem = assigned({ amount }) as { code: string; hint: string };
		expect(problem.code).toBe('value-misfit');
		expect(problem.hint).toContain('--set');
	});

	test('cannot be set where the event carries none', () => {
		for (const of of [message({ roles: {} }), message({ roles: { reference: 'nowhere' } })])
			expect(assigned({ ref: 'B' }, of)).toEqual({
				code: 'path-unknown',
				message: expect.stringMatching(/^--ref: shop\/paid .*reference/) as string,
				hint: expect.stringContaining('callsim show shop/paid') as string,
			});
	});
});

describe('an amount as the provider never writes it', () => {
	const of = message({ roles: { amount: 'sum' } });
	const warned = (usual: unknown, given: unknown, from = of) =>
		amountWarnings(from, { sum: usual } as ValueObject, { sum: given } as ValueObject);

	test.each([
		['60.00', '60'],
		['60.00', '60.0'],
		['60', '60.00'],
		['60.00', 'x'],
		['60.00', '-5.00'],
	])('is told: %s, given %s', (usual, given) => {
		expect(warned(usual, given)).toEqual([
			expect.stringMatching(new RegExp(`^sum .*"${given}".*"${usual}"$`)),
		]);
	});

	test.each([
		['60.00', '1.50'],
		['60', '7'],
		[60, '60.00'],
		['60.00', 60],
		['sixty', '60'],
		[undefined, '60'],
	])('is not where it is one as usual: %s, given %s', (usual, given) => {
		expect(warned(usual, given)).toEqual([]);
	});

	test('is not where there is no amount', () => {
		expect(warned('60.00', '60', message({ roles: {} }))).toEqual([]);
	});
});

describe('a code', () => {
	const of = message({
		codes: {
			'error.code': {
				'0': { title: 'success', with: { state: 'paid' }, sets: { 'error.text': null } },
				'7': {
					title: 'no money',
					not: { state: 'paid' },
					sets: { 'error.text': 'Insufficient', note: 'see code' },
				},
			},
		},
	});
	const values = { error: { code: '7', text: 'old' }, state: 'failed', note: 'mine' };

	test('that was set brings along what follows from it', () => {
		const followed = followCodes(draft(values, ['error.code']), of).values;
		expect(followed).toEqual({
			...values,
			error: { code: '7', text: 'Insufficient' },
			note: 'see code',
		});
	});

	test('leaves alone what was set itself', () => {
		const followed = followCodes(draft(values, ['error.code', 'note']), of).values;
		expect(followed).toMatchObject({ error: { text: 'Insufficient' }, note: 'mine' });
	});

	test.each<[string, Draft]>([
		['was not set', draft(values)],
		['is unknown', draft({ ...values, error: { code: '8' } }, ['error.code'])],
		['is no single value', draft({ error: { code: { a: 1 } } }, ['error.code'])],
		['every object inherits', draft({ error: { code: 'constructor' } }, ['error.code'])],
	])('that %s brings nothing', (_name, given) => {
		expect(followCodes(given, of)).toEqual(given);
	});

	test('that contradicts the state is told', () => {
		const warnings = (code: unknown, state: string) =>
			codeWarnings(of, { error: { code }, state } as ValueObject, false);
		expect(warnings('0', 'paid')).toEqual([]);
		expect(warnings(7, 'failed')).toEqual([]);
		expect(warnings('0', 'failed')).toEqual([
			expect.stringMatching(/^error\.code "0" means success: state "paid".*"failed"$/),
		]);
		expect(warnings('7', 'paid')).toEqual([
			expect.stringMatching(/^error\.code "7" means no money: state "paid" contradicts/),
		]);
		expect(warnings('8', 'paid')).toEqual([expect.stringMatching(/^error\.code "8" .*none/)]);
		expect(warnings(null, 'paid')).toEqual([]);
	});

	test('is not looked at where raw bytes are sent, or where there are none', () => {
		expect(codeWarnings(of, { error: { code: '8' } }, true)).toEqual([]);
		expect(codeWarnings(message({}), { error: { code: '8' } }, false)).toEqual([]);
		expect(followCodes(draft(values, ['error.code']), message({})).values).toEqual(values);
	});
});
