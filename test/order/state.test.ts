import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { differences, isMoment, type State, stateOf } from '../../src/order/state.ts';

const nothing = () => false;
const leaf = (state: State, path: string) => (state.kind === 'shown' ? state.leaves.get(path) : undefined);

test('twenty digits in a probe keep every digit', () => {
	expect(leaf(stateOf('{"sn": 12345678901234567890}'), 'sn')).toBe('12345678901234567890');
});

test('what is no JSON is one value, and nothing, null and an empty list are no order', () => {
	expect(leaf(stateOf('paid\n'), '')).toBe('"paid"');
	for (const text of ['', ' \n', 'null', '[]']) expect(stateOf(text).kind).toBe('absent');
});

test('any JSON is taken apart so that equal documents have no difference and a changed leaf has one', () => {
	void fc.assert(
		fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue(), { minKeys: 1 }), (order) => {
			const text = JSON.stringify(order);
			expect(differences(stateOf(text), stateOf(text), nothing)).toEqual([]);
			const more = stateOf(JSON.stringify({ ...order, 'callsim added': 1 }));
			expect(differences(stateOf(text), more, nothing).map(({ path }) => path)).toEqual(['callsim added']);
		}),
	);
});

test('a moment that moved is no change, one that appeared is', () => {
	const at = (text: string) => stateOf(`{"updated_at":${text}}`);
	expect(differences(at('"2026-11-21 10:00:00"'), at('"2026-11-21 10:00:05"'), nothing)).toEqual([]);
	expect(differences(at('null'), at('"2026-11-21T10:00:05Z"'), nothing)).toHaveLength(1);
	expect(['1795228805', '1795228805123', '"Sat, 21 Nov 2026 10:00:00 GMT"'].every(isMoment)).toBe(true);
	expect(['60', '"60.00"', '12345678901234567890', '"paid"'].some(isMoment)).toBe(false);
});

test('a count of deliveries that grows is no effect, a credit that grows is', () => {
	const order = (name: string, count: number) => stateOf(JSON.stringify({ [name]: count }));
	for (const name of ['attempts', 'callbacks', 'callback_count', 'callbackCount', 'retries'])
		expect(differences(order(name, 1), order(name, 2), nothing), name).toEqual([]);
	for (const name of ['credited', 'balance', 'refunded', 'paid_count', 'received', 'deliveries'])
		expect(differences(order(name, 1), order(name, 2), nothing), name).toHaveLength(1);
});
