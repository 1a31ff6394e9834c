import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { effectsSeen, isLike, isStateName, stillHas } from '../../src/check/effects-seen.ts';
import { effectsFrom } from '../../src/check/learned-effects.ts';
import { moreThanOnce, wrongSums } from '../../src/check/more-than-once.ts';
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
		{
			successes: [
				paid('A', '60.00', { bank: 'SBI Bank A', last_status: '3', note: 'thanks' }),
				paid('B', '75.00', { bank: 'SBI Bank A', last_status: '3', note: 'thanks' }),
			],
			failures: [],
			undecided: [],
		},
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
	expect([
		...effectsFrom(
			{ successes: [kept('A', '60.00'), kept('B', '75.00')], failures: [], undecided: [] },
			false,
			nothing,
		).success,
	]).toEqual([['last', '"3"']]);
});

test('what a failure leaves behind as well does not tell a success', () => {
	const success = [paid('A', '60.00', { heard: 1 }), paid('B', '75.00', { heard: 1 })];
	const failure = {
		...paid('C', '60.00'),
		after: shop({ reference: 'C', amount: '60.00', state: 'failed', credited: 0, heard: 1 }),
	};
	const learned = effectsFrom(
		{ successes: success, failures: [failure], undecided: [] },
		false,
		nothing,
	);
	expect([...learned.success.keys()]).toEqual(['state', 'credited']);
	expect([...learned.failure.keys()]).toEqual(['state']);
});

test('a credited sum is recognised in any unit, and twice of it is wrong', () => {
	const wallet = (reference: string, amount: string) => ({
		...paid(reference, amount),
		after: shop({ reference, amount, state: 'paid', credited: 1, cents: Number(amount) * 100 }),
	});
	const { sums } = effectsFrom(
		{ successes: [wallet('A', '60.00'), wallet('B', '75.00')], failures: [], undecided: [] },
		false,
		nothing,
	);
	expect([...sums]).toEqual([['cents', 100]]);
	expect(wrongSums(sums, '60.00', shop({ cents: 6000 }))).toEqual([]);
	expect(wrongSums(sums, '60.00', shop({ cents: 12000 }))).toEqual([
		{ path: 'cents', before: '6000', after: '12000' },
	]);
});

test('another amount has the form of the first, and differs from it', () => {
	void fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 9_000_000 }),
			fc.constantFrom(0, 2),
			(whole, decimals) => {
				const amount = whole.toFixed(decimals);
				const other = otherAmount(amount, {});
				// A number on the wire has no zeros behind its point.
				const number = otherAmount(amount, { isAmountNumber: true });
				expect(String(Number(number))).toBe(number);
				expect(other.split('.')[1]?.length).toBe(amount.split('.')[1]?.length);
				if (whole > 2) expect(Number(other)).toBeGreaterThan(whole);
			},
		),
	);
});

test('a moment that appeared is a mark where nothing else tells a success', () => {
	const stamped = (reference: string, amount: string) => ({
		...paid(reference, amount),
		before: shop({ reference, paid_at: null }),
		after: shop({ reference, paid_at: `2026-11-21 10:00:0${amount[0]}` }),
	});
	const { success } = effectsFrom(
		{ successes: [stamped('A', '60.00'), stamped('B', '75.00')], failures: [], undecided: [] },
		false,
		nothing,
	);
	expect(
		effectsSeen(success, shop({ paid_at: null }), shop({ paid_at: '2026-12-01T00:00:00Z' })),
	).toHaveLength(1);
});

test('of one order alone only its state and its flags are believed', () => {
	const one = {
		...paid('A', '60.00'),
		after: shop({ reference: 'A', state: 'paid', is_sent: true, payment_id: 183023 }),
	};
	expect([
		...effectsFrom(
			{ successes: [one], failures: [], undecided: [] },
			false,
			nothing,
		).success.keys(),
	]).toEqual(['state', 'is_sent']);
});

test('a status inside a copy of the callback is not the state of the order', () => {
	expect(['state', 'order.status', 'data.payment_status', '0.state'].every(isStateName)).toBe(true);
	expect(
		['last_callback.status', 'events.0.state', 'last_status', 'payments.1.status'].some(
			isStateName,
		),
	).toBe(false);
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
	const learned = effectsFrom(
		{ successes: [once('A', '60.00'), once('B', '75.00')], failures: [failure], undecided: [] },
		false,
		nothing,
	);
	expect(moreThanOnce(learned, '60.00', order('D', '60.00', 1, [1]))).toEqual([]);
	expect(
		moreThanOnce(learned, '60.00', order('D', '60.00', 5, [1])).map(({ path }) => path),
	).toEqual(['sms_sent']);
	expect(
		moreThanOnce(learned, '60.00', order('D', '60.00', 1, [1, 1])).map(({ path }) => path),
	).toEqual(['payments.1']);
});

test('a text is compared without the number and the sum of its order', () => {
	const text = (reference: string, amount: string, word: string) =>
		stateOf(`${reference}|${amount}|${word}`, { reference, amount });
	const told = (reference: string, amount: string) => ({
		...paid(reference, amount),
		before: text(reference, amount, 'new'),
		after: text(reference, amount, 'paid'),
	});
	const { success } = effectsFrom(
		{ successes: [told('CS-A', '60.00'), told('CS-B', '75.00')], failures: [], undecided: [] },
		false,
		nothing,
	);
	expect([...success]).toEqual([['', '"…|…|paid"']]);
});

/** What a success did to two orders of different sums, from one look to the other. */
const effectsOf = (
	before: object,
	after: object,
	{ echoes = [] as string[], other = after, more = {} } = {},
) =>
	effectsFrom(
		{
			successes: [
				{
					...paid('A', '60.00'),
					before: shop(before),
					after: shop(after),
					echoes: new Set(echoes),
				},
				{
					...paid('B', '75.00'),
					before: shop(before),
					after: shop(other),
					echoes: new Set(),
					...more,
				},
			],
			failures: [],
			undecided: [],
		},
		false,
		(path) => path === 'seen',
	);

test('a success is visible where it changes every order, by more than what changes by itself', () => {
	expect(effectsOf({ state: 'new' }, { state: 'paid' }).visible).toBe(true);
	expect(effectsOf({ state: 'new' }, { state: 'paid' }, { other: { state: 'new' } }).visible).toBe(
		false,
	);
	expect(effectsOf({ state: 'new' }, { state: 'new', seen: 1 }).visible).toBe(false);
	expect(effectsFrom({ successes: [], failures: [], undecided: [] }, false, nothing)).toMatchObject(
		{ visible: false, counted: false },
	);
});

test.each<[object, object, boolean]>([
	[{ credited: 0 }, { credited: 1 }, true],
	[{ balance: -5 }, { balance: -3 }, true],
	[{ sum: '0.00' }, { sum: '60.00' }, true],
	[{ sum: '0' }, { sum: '-12' }, true],
	[{ list: [] }, { list: ['x'] }, true],
	[{}, { 0: 'x' }, true],
	[{}, { list: Array.from({ length: 11 }, () => 'x') }, true],
	[{ pin: 1 }, {}, false],
	[{ state: 'new' }, { state: 'paid' }, false],
	[{ state: 'new' }, { state: 'paid2' }, false],
	[{ state: 'new' }, { state: '2paid' }, false],
	[{ state: 'new' }, { state: '1.x' }, false],
	[{ paid_at: null }, { paid_at: '2026-11-21 10:00:00' }, false],
	[{ paid_at: null }, { paid_at: 1795228805 }, false],
	[{ flag: false }, { flag: true }, false],
	[{}, { a1b: 'x', 'x.y1': 'z' }, false],
])('from %j to %j can be counted: %s', (before, after, expected) => {
	expect(effectsOf(before, after).counted).toBe(expected);
	expect(effectsOf({ ...before, state: 'new' }, { ...after, state: 'paid' }).counted).toBe(
		expected,
	);
});

test('numbers that each success puts there are its counts, and only whole numbers of them', () => {
	const after = {
		a: 1,
		b: -2,
		c: '3',
		d: '4.50',
		e: 12,
		f: 'x5',
		g: '6x',
		h: true,
		i: 'paid',
		j: '7.x',
	};
	const { counts } = effectsOf({}, after);
	expect([...counts.keys()]).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('what was copied from the callback is no effect, nor what was taken out of a longer text of it', () => {
	const known = (after: object, echoes: string[]) => [
		...effectsOf({}, after, { echoes }).success.keys(),
	];
	expect(known({ state: 'paid', bank: 'BCA' }, ['BCA'])).toEqual(['state']);
	expect(known({ state: 'paid', no: '12' }, ['12'])).toEqual(['state']);
	expect(known({ state: 'paid', sn: '123' }, ['other', 'SN: 123.'])).toEqual(['state']);
	expect(known({ state: 'paid', price: '5500' }, ['Harga 5.500 Saldo'])).toEqual(['state']);
	expect(known({ state: 'paid', no: '12' }, ['SN: 123.'])).toEqual(['state', 'no']);
	expect(known({ state: 'paid', note: 'thanks' }, ['SN: 123.'])).toEqual(['state', 'note']);
	expect(known({ state: 'Sukses' }, ['Status Sukses.'])).toEqual(['state']);
	expect(known({ state: 'paid', flag: 'yes' }, ['paid'])).toEqual(['flag']);
});

test('an effect is new on each of the orders, and the same on each', () => {
	expect([...effectsOf({ a: 1, b: 2 }, { a: 1, b: 3 }).success]).toEqual([['b', '3']]);
	expect([...effectsOf({}, { a: 1, b: 2 }, { other: { a: 1, b: 3 } }).success]).toEqual([
		['a', '1'],
	]);
	expect([...effectsOf({}, { a: 1, b: 2 }, { more: { before: shop({ a: 1 }) } }).success]).toEqual([
		['b', '2'],
	]);
	expect([...effectsOf({ a: 1, b: 2 }, { b: 2 }).success]).toEqual([]);
});

test('a moment is an effect where there was none before', () => {
	const at = (day: number) => `2026-11-2${day} 10:00:00`;
	const { success } = effectsOf(
		{ paid_at: null },
		{ paid_at: at(1) },
		{ other: { paid_at: at(2) } },
	);
	const seen = (before: object, after: object) =>
		effectsSeen(success, shop(before), shop(after)).length;
	expect(seen({}, { paid_at: at(3) })).toBe(1);
	expect(seen({ paid_at: 'never' }, { paid_at: at(3) })).toBe(1);
	expect(seen({ paid_at: at(2) }, { paid_at: at(3) })).toBe(0);
	expect(seen({ paid_at: null }, { paid_at: 'soon' })).toBe(0);
	expect(seen({ paid_at: null }, {})).toBe(0);
	const [effect] = [...success];
	if (effect === undefined) return expect.unreachable();
	expect([
		stillHas(effect, shop({ paid_at: at(5) })),
		stillHas(effect, shop({ paid_at: null })),
	]).toEqual([true, false]);
	expect(stillHas(effect, shop({}))).toBe(false);
});

test('an order looks like one after a success with all of its effects, or its word', () => {
	const { success } = effectsOf({}, { flag: true, note: 'thanks' });
	const like = (after: object) => isLike(success, effectsSeen(success, shop({}), shop(after)));
	expect(like({ flag: true, note: 'thanks' })).toBe(true);
	expect(like({ flag: true })).toBe(false);
	expect(isLike(new Map(), [])).toBe(false);
});

test('a sum that follows the amount needs two amounts, and is more than nothing', () => {
	const sums = (first: object, second: object, amount = '75.00') =>
		Object.fromEntries(effectsOf({ x: 0 }, first, { other: second, more: { amount } }).sums);
	expect(sums({ x: 6000, y: '60' }, { x: 7500, y: '75' })).toEqual({ x: 100, y: 1 });
	expect(sums({ x: 6000 }, { x: 6000 }, '60.00')).toEqual({});
	expect(sums({ x: 6000 }, { x: 7000 })).toEqual({});
	expect(sums({ x: '', y: 'z' }, { x: '', y: 'z' })).toEqual({});
	expect(sums({ y: 0 }, { y: 0 })).toEqual({});
	expect(
		effectsFrom({ successes: [paid('A', '60.00')], failures: [], undecided: [] }, false, nothing)
			.sums.size,
	).toBe(0);
	expect(wrongSums(new Map([['x', 100]]), '60.00', shop({}))).toEqual([
		{ path: 'x', before: '6000', after: undefined },
	]);
});

test('a list is too long at its first place, its eleventh, and one of lists', () => {
	const once = effectsOf({ state: 'new' }, { state: 'paid' });
	const longer = (after: object) =>
		moreThanOnce(once, '60.00', shop(after)).map(({ path }) => path);
	expect(longer({ 0: 'a' })).toEqual(['0']);
	expect(longer({ log: { 11: 'a' } })).toEqual(['log.11']);
	expect(longer({ log: [{ at: 'a' }] })).toEqual(['log.0.at']);
	expect(longer({ log1: 'a', '2x': 'b' })).toEqual([]);
});

test.each([
	['payment.state', true],
	['item.0.state', false],
	['0.state', true],
	['data.order.stage', true],
	['orders.state', false],
	['my_order.state', false],
	['states', false],
	['trxstatus', true],
	['trx_status', true],
	['status_code', false],
	['is_state', false],
	['', false],
])('%s is the name of a state: %s', (path, expected) => expect(isStateName(path)).toBe(expected));

/** Orders of a shop that counts something, under one name or another. */
const counting = (name: string, isMovedBy: { failure: boolean; undecided: boolean }) => {
	const moved = (state: string, by: boolean) => ({
		before: shop({ state: 'new', [name]: 0 }),
		after: shop({ state, [name]: by ? 1 : 0 }),
		amount: '60.00',
		echoes: new Set<string>(),
		outcomes: new Set<string>(),
	});
	return effectsFrom(
		{
			successes: [moved('paid', true), moved('paid', true)],
			failures: [moved('failed', isMovedBy.failure)],
			undecided: [moved('new', isMovedBy.undecided)],
		},
		false,
		nothing,
	);
};

test.each([
	['messages', { failure: true, undecided: false }, true],
	['notifications', { failure: false, undecided: false }, true],
	['attempts', { failure: true, undecided: false }, true],
	['attempts', { failure: true, undecided: true }, false],
	['seen', { failure: true, undecided: true }, false],
	['seen', { failure: false, undecided: true }, true],
])(
	'a number called %s, which callbacks move like %j, counts an effect: %j',
	(name, by, isCounted) => {
		const learned = counting(name, by);
		expect([...learned.counts.keys()].includes(name)).toBe(isCounted);
		expect([...learned.leftOut.keys()]).toEqual(isCounted ? [] : [name]);
		const twice = moreThanOnce(learned, '60.00', shop({ state: 'paid', [name]: 5 }));
		expect(twice.map(({ path }) => path)).toEqual(isCounted ? [name] : []);
	},
);

test('what every callback leaves behind is judged where nothing else shows a success', () => {
	const counted = (after: object) => ({
		...paid('A', '60.00'),
		before: shop({ n: 0 }),
		after: shop(after),
	});
	const observed = { successes: [counted({ n: 1 })], failures: [], undecided: [counted({ n: 1 })] };
	const { visible, leftOut } = effectsFrom(observed, false, nothing);
	expect([visible, leftOut.size]).toEqual([true, 0]);
});

test('a failure that is booked as pending, or copied as null, does not show what a failure looks like', () => {
	const ended = (after: object) => ({
		...paid('A', '60.00'),
		before: shop({ state: 'new' }),
		after: shop(after),
	});
	const failureOf = (after: object) =>
		effectsFrom(
			{ successes: [ended({ state: 'paid' })], failures: [ended(after)], undecided: [] },
			false,
			nothing,
		).failure;
	expect([...failureOf({ state: 'pending' })]).toEqual([]);
	expect([...failureOf({ state: 'new', serial: null })]).toEqual([]);
	expect([...failureOf({ state: 'failed', serial: null })]).toEqual([['state', '"failed"']]);
});

test.each([
	[{ refunded: true }, ['refunded']],
	[{ refunds: 1 }, ['refunds']],
	[{ balance: '60.00' }, ['balance']],
	[{ owed: 0 }, ['owed']],
	[{ refunds: [{ amount: '60.00' }] }, ['refunds.0.amount']],
	[{ failures: 1 }, []],
	[{ failed: true }, []],
	[{ failure: { code: '14', price: '60.00' } }, []],
])('of a failure that leaves %j, %j is money that went back', (fields, paths) => {
	const open = shop({ state: 'new', balance: '0.00', owed: 60 });
	const ended = (state: string, more: object) => ({
		...paid('A', '60.00'),
		before: open,
		after: shop({ state, balance: '0.00', owed: 60, ...more }),
	});
	const observed = {
		successes: [ended('paid', {})],
		failures: [ended('failed', fields)],
		undecided: [],
	};
	expect([...effectsFrom(observed, false, nothing).refund.keys()]).toEqual(paths);
});

test('when somebody came is left out where every callback notes it', () => {
	const ended = (state: string) => ({
		...paid('A', '60.00'),
		before: shop({ state: 'new' }),
		after: shop({ state, seen_at: '2026-01-15 10:30:45' }),
	});
	const observed = {
		successes: [ended('paid')],
		failures: [ended('failed')],
		undecided: [ended('new')],
	};
	const { leftOut, isVolatile } = effectsFrom(observed, false, nothing);
	expect([[...leftOut.keys()], isVolatile('seen_at')]).toEqual([['seen_at'], true]);
});
