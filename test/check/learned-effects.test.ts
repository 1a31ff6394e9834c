import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	effectsFrom,
	effectsSeen,
	isLike,
	isStateName,
	moreThanOnce,
	wrongSums,
} from '../../src/check/learned-effects.ts';
import { otherAmount } from '../../src/check/subject.ts';
import { stateOf } from '../../src/order/state.ts';

const nothing = () => false;

const shop = (fields: object) => stateOf(JSON.stringify(fields));
const paid = (reference: string, amount: string, fields: object = {}) => ({
	before: shop({ reference, amount, state: 'new', credited: 0 }),
	after: shop({ reference, amount, state: 'paid', credited: 1, ...fields }),
	amount,
	echoes: new Set(['SBI Bank A', amount]),
	outcomes: new Set(['3', 'Approved']),
});

test('a success is known by what two orders have in common, not by what was copied from the callback', () => {
	const learned = effectsFrom(
		[
			paid('A', '60.00', { bank: 'SBI Bank A', last_status: '3', note: 'thanks' }),
			paid('B', '75.00', { bank: 'SBI Bank A', last_status: '3', note: 'thanks' }),
		],
		[],
		false,
		nothing,
	);
	expect([...learned.success]).toEqual([
		['state', '"paid"'],
		['credited', '1'],
		['note', '"thanks"'],
	]);
	const fresh = shop({ reference: 'C', amount: '60.00', state: 'new', credited: 0 });
	const review = shop({
		reference: 'C',
		amount: '60.00',
		state: 'review',
		credited: 0,
		last_status: '3',
		note: 'thanks',
	});
	const unpaid = shop({ reference: 'C', amount: '60.00', state: 'paid', credited: 0 });
	expect(isLike(learned.success, effectsSeen(learned.success, fresh, review))).toBe(false);
	expect(isLike(learned.success, effectsSeen(learned.success, fresh, unpaid))).toBe(true);
});

test('a status that was kept as it came is a mark all the same where the order has nothing else', () => {
	const kept = (reference: string, amount: string) => ({
		...paid(reference, amount),
		before: shop({ reference, last: null }),
		after: shop({ reference, last: '3' }),
	});
	expect([...effectsFrom([kept('A', '60.00'), kept('B', '75.00')], [], false, nothing).success]).toEqual([
		['last', '"3"'],
	]);
});

test('what a failure leaves behind as well does not tell a success', () => {
	const success = [paid('A', '60.00', { heard: 1 }), paid('B', '75.00', { heard: 1 })];
	const failure = {
		...paid('C', '60.00'),
		after: shop({ reference: 'C', amount: '60.00', state: 'failed', credited: 0, heard: 1 }),
	};
	const learned = effectsFrom(success, [failure], false, nothing);
	expect([...learned.success.keys()]).toEqual(['state', 'credited']);
	expect([...learned.failure.keys()]).toEqual(['state']);
});

test('a credited sum is recognised in any unit, and twice of it is wrong', () => {
	const wallet = (reference: string, amount: string) => ({
		...paid(reference, amount),
		after: shop({ reference, amount, state: 'paid', credited: 1, cents: Number(amount) * 100 }),
	});
	const { sums } = effectsFrom([wallet('A', '60.00'), wallet('B', '75.00')], [], false, nothing);
	expect([...sums]).toEqual([['cents', 100]]);
	expect(wrongSums(sums, '60.00', shop({ cents: 6000 }))).toEqual([]);
	expect(wrongSums(sums, '60.00', shop({ cents: 12000 }))).toEqual([{ path: 'cents', before: '6000', after: '12000' }]);
});

test('another amount has the form of the first, and differs from it', () => {
	void fc.assert(
		fc.property(fc.integer({ min: 1, max: 9_000_000 }), fc.constantFrom(0, 2), (whole, decimals) => {
			const amount = whole.toFixed(decimals);
			const other = otherAmount(amount);
			expect(other.split('.')[1]?.length).toBe(amount.split('.')[1]?.length);
			if (whole > 2) expect(Number(other)).toBeGreaterThan(whole);
		}),
	);
});

test('a moment that appeared is a mark where nothing else tells a success', () => {
	const stamped = (reference: string, amount: string) => ({
		...paid(reference, amount),
		before: shop({ reference, paid_at: null }),
		after: shop({ reference, paid_at: `2026-11-21 10:00:0${amount[0]}` }),
	});
	const { success } = effectsFrom([stamped('A', '60.00'), stamped('B', '75.00')], [], false, nothing);
	expect(effectsSeen(success, shop({ paid_at: null }), shop({ paid_at: '2026-12-01T00:00:00Z' }))).toHaveLength(1);
});

test('of one order alone only its state and its flags are believed', () => {
	const one = {
		...paid('A', '60.00'),
		after: shop({ reference: 'A', state: 'paid', is_sent: true, payment_id: 183023 }),
	};
	expect([...effectsFrom([one], [], false, nothing).success.keys()]).toEqual(['state', 'is_sent']);
});

test('a status inside a copy of the callback is not the state of the order', () => {
	expect(['state', 'order.status', 'data.payment_status', '0.state'].every(isStateName)).toBe(true);
	expect(['last_callback.status', 'events.0.state', 'last_status', 'payments.1.status'].some(isStateName)).toBe(false);
});

test('a count that a failure moves as well, and a list that grows, tell a second success all the same', () => {
	const order = (reference: string, amount: string, sent: number, list: number[]) =>
		shop({ reference, amount, state: 'paid', sms_sent: sent, payments: list });
	const once = (reference: string, amount: string) => ({
		...paid(reference, amount),
		after: order(reference, amount, 1, [1]),
	});
	const failure = {
		...paid('C', '60.00'),
		after: shop({ reference: 'C', amount: '60.00', state: 'failed', sms_sent: 1 }),
	};
	const learned = effectsFrom([once('A', '60.00'), once('B', '75.00')], [failure], false, nothing);
	expect(moreThanOnce(learned, '60.00', order('D', '60.00', 1, [1]))).toEqual([]);
	expect(moreThanOnce(learned, '60.00', order('D', '60.00', 5, [1])).map(({ path }) => path)).toEqual(['sms_sent']);
	expect(moreThanOnce(learned, '60.00', order('D', '60.00', 1, [1, 1])).map(({ path }) => path)).toEqual([
		'payments.1',
	]);
});

test('a text is compared without the number and the sum of its order', () => {
	const text = (reference: string, amount: string, word: string) =>
		stateOf(`${reference}|${amount}|${word}`, { reference, amount });
	const told = (reference: string, amount: string) => ({
		...paid(reference, amount),
		before: text(reference, amount, 'new'),
		after: text(reference, amount, 'paid'),
	});
	const { success } = effectsFrom([told('CS-A', '60.00'), told('CS-B', '75.00')], [], false, nothing);
	expect([...success]).toEqual([['', '"…|…|paid"']]);
});
