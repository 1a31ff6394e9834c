import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	differences,
	differenceText,
	isMoment,
	type State,
	stateOf,
} from '../../src/order/state.ts';

const nothing = () => false;
const leaf = (state: State, path: string) =>
	state.kind === 'shown' ? state.leaves.get(path) : undefined;

test('twenty digits in a probe keep every digit', () => {
	expect(leaf(stateOf('{"sn": 12345678901234567890}'), 'sn')).toBe('12345678901234567890');
});

test('what is no JSON is one value, and nothing, null and an empty list are no order', () => {
	expect(leaf(stateOf('paid\n'), '')).toBe('"paid"');
	for (const text of ['', ' \n', 'null', '[]']) expect(stateOf(text).kind).toBe('absent');
});

test('any JSON is taken apart so that equal documents have no difference and a changed leaf has one', () => {
	void fc.assert(
		fc.property(
			fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue(), { minKeys: 1 }),
			(order) => {
				const text = JSON.stringify(order);
				expect(differences(stateOf(text), stateOf(text), nothing)).toEqual([]);
				const more = stateOf(JSON.stringify({ ...order, 'callsim added': 1 }));
				expect(differences(stateOf(text), more, nothing).map(({ path }) => path)).toEqual([
					'callsim added',
				]);
			},
		),
	);
});

test('a moment that moved is no change, one that appeared is', () => {
	const at = (text: string) => stateOf(`{"updated_at":${text}}`);
	expect(differences(at('"2026-11-21 10:00:00"'), at('"2026-11-21 10:00:05"'), nothing)).toEqual(
		[],
	);
	expect(differences(at('null'), at('"2026-11-21T10:00:05Z"'), nothing)).toHaveLength(1);
	expect(['1795228805', '1795228805123', '"Sat, 21 Nov 2026 10:00:00 GMT"'].every(isMoment)).toBe(
		true,
	);
	expect(['60', '"60.00"', '12345678901234567890', '"paid"'].some(isMoment)).toBe(false);
});

test('a count of deliveries that grows is no effect, a credit that grows is', () => {
	const order = (name: string, count: number) => stateOf(JSON.stringify({ [name]: count }));
	for (const name of ['attempts', 'callbacks', 'callback_count', 'callbackCount', 'retries'])
		expect(differences(order(name, 1), order(name, 2), nothing), name).toEqual([]);
	for (const name of ['credited', 'balance', 'refunded', 'paid_count', 'received', 'deliveries'])
		expect(differences(order(name, 1), order(name, 2), nothing), name).toHaveLength(1);
});

test('an order is taken apart into paths, empty lists and objects as they are', () => {
	expect(stateOf('{"a":{"b":[1,{"c":"x"}]},"d":[],"e":{},"f":null,"g":60.00}')).toMatchObject({
		leaves: new Map([
			['a.b.0', '1'],
			['a.b.1.c', '"x"'],
			['d', '[]'],
			['e', '{}'],
			['f', 'null'],
			['g', '60.00'],
		]),
	});
	expect(leaf(stateOf('{}'), '')).toBe('{}');
});

test('a text loses every mention of its order, and nothing where the order has no sum', () => {
	const names = { reference: 'CS-A', amount: '60.00' };
	expect(leaf(stateOf('CS-A paid 60.00 (CS-A)', names), '')).toBe('"… paid … (…)"');
	expect(leaf(stateOf('CS-A paid', { ...names, amount: '' }), '')).toBe('"… paid"');
	expect(leaf(stateOf('paid: "60"'), '')).toBe('"paid: \\"60\\""');
});

test('an order that comes or goes differs in everything it has', () => {
	const paid = stateOf('{"state":"paid","attempts":1}');
	const absent = stateOf('');
	const all = [
		{ path: 'state', before: undefined, after: '"paid"' },
		{ path: 'attempts', before: undefined, after: '1' },
	];
	expect(differences(absent, paid, nothing)).toEqual(all);
	expect(differences(paid, absent, nothing).map(({ after }) => after)).toEqual([
		undefined,
		undefined,
	]);
	expect(differences(absent, paid, (path) => path === 'state')).toEqual(all.slice(1));
	expect(differences({ kind: 'unreadable', why: 'x' }, absent, nothing)).toEqual([]);
	const moment = stateOf('{"at":"2026-11-21 10:00:00"}');
	expect(differences(moment, stateOf('{"note":1}'), nothing)).toHaveLength(2);
});

test.each([
	['"2026-11-21T10:00:00+08:00"', true],
	['"on 2026-11-21 10:00"', false],
	['"2026-11-21"', false],
	['"Sat, 1 Nov 2026 10:00:00 GMT"', true],
	['"xSat, 1 Nov 2026 10:00:00 GMT"', false],
	['1795228805.25', true],
	['1795228805.', false],
	['1795228805x', false],
	['91795228805', false],
	['17952288051', false],
	['1595228805', false],
	['"1795228805"', true],
	['"\\"1795228805"', false],
])('%s is a moment: %s', (json, expected) => expect(isMoment(json)).toBe(expected));

test('a name that sounds like a count counts only small whole numbers', () => {
	const at = (attempts: string) => stateOf(`{"attempts":${attempts}}`);
	expect(differences(at('9'), at('10'), nothing)).toEqual([]);
	for (const [before, after] of [
		['1.5', '2'],
		['1', '2.5'],
		['"a1"', '"a2"'],
		['1234567', '1234568'],
	] as const)
		expect(differences(at(before), at(after), nothing), `${before} ${after}`).toHaveLength(1);
});

test('a difference reads as what was and what is', () => {
	expect(differenceText({ path: 'a.b', before: '1', after: '2' })).toBe('a.b: 1 → 2');
	expect(differenceText({ path: '', before: undefined, after: '"x"' })).toBe(
		'the state: (absent) → "x"',
	);
	expect(differenceText({ path: 'a', before: '1', after: undefined })).toBe('a: 1 → (absent)');
});
