import { describe, expect, test } from 'vitest';
import { deliveriesIn } from '../../src/journal/deliveries.ts';
import { findById, findDelivery } from '../../src/journal/find-delivery.ts';
import { knownOrder } from '../../src/journal/known-order.ts';
import { Problem } from '../../src/model/problem.ts';
import { fileWords } from '../../src/model/words.ts';
import { record } from '../support/journal-records.ts';

/** What a person would read. */
function problemOf(work: () => unknown) {
	try {
		work();
	} catch (error) {
		if (error instanceof Problem) return { code: error.code, ...error.in(fileWords) };
		throw error;
	}
	throw new Error('nothing was wrong');
}

describe('a delivery is found', () => {
	const ids = ['ab1.1', 'ab1.2', 'cd2.1', 'xab1.9'];
	const named = ids.map((id) => ({ id, run: id.split('.')[0] ?? '' }));
	const found = (wanted: string) => findById(named, wanted).id;

	test('as the last, by its id, by its run, or by the end of either that only it has', () => {
		expect([found('last'), found('ab1.2'), found('cd2'), found('d2'), found('2.1')]).toEqual([
			...['xab1.9', 'ab1.2', 'cd2.1', 'cd2.1', 'cd2.1'],
		]);
		expect(found('xab1')).toBe('xab1.9');
	});

	test('by a whole id before what ends like it', () => {
		expect(findById([...named, { id: 'zcd2.1', run: 'zcd2' }], 'cd2.1').id).toBe('cd2.1');
	});

	test('not by what is no end of it, nor by what several have, of which the last are named', () => {
		expect(problemOf(() => found('ab'))).toEqual({
			...{ code: 'usage', message: 'the journal knows no delivery "ab"' },
			hint: 'See callsim history for their ids; the end of one is enough.',
		});
		expect(problemOf(() => found('1'))).toEqual({
			...{ code: 'usage', message: '"1" is the end of 4 deliveries' },
			hint: 'Name one: ab1.2, cd2.1, xab1.9',
		});
		expect(problemOf(() => found('ab1')).message).toBe('"ab1" is the end of 2 deliveries');
	});

	test('with all that is known of it', () => {
		const known = deliveriesIn([record('run'), record('delivery')]);
		expect(findDelivery(known, 'r1')).toBe(known[0]);
	});

	test('nowhere in a journal without one', () => {
		expect(problemOf(() => findDelivery([], 'last'))).toEqual({
			...{ code: 'usage', message: 'the journal knows of no delivery yet' },
			hint: 'Send something first: callsim fire bayarcash/transaction-success to: :3000/callback',
		});
	});
});

describe('an order is known', () => {
	const sent = (delivery: number, more: object) => record('delivery', { delivery, ...more });
	const known = deliveriesIn([
		record('run'),
		sent(1, { order: { reference: 'A', amount: '10' }, ids: { id: 1, attempt: 1 } }),
		sent(2, { order: { reference: 'A' }, ids: { attempt: 2 } }),
		sent(3, { event: 'khoins/success', order: { reference: 'A', amount: '99' }, ids: { id: 7 } }),
		sent(4, { order: { reference: 'B' }, ids: {} }),
		sent(5, { order: null, ids: {} }),
	]);

	test('with the last amount and the last ids that its messages carried', () => {
		expect(knownOrder(known, 'A', 'iak')).toEqual({
			provider: 'iak',
			...{ reference: 'A', amount: '10', ids: { id: 1, attempt: 2 } },
			last: known[1],
		});
		expect(knownOrder(known, 'B', undefined)).toMatchObject({ amount: undefined, ids: {} });
	});

	test('of any provider, the latest first, unless one is named', () => {
		const latest = knownOrder(known, 'A', undefined);
		expect(latest).toMatchObject({ last: known[2], amount: '99' });
		expect(latest.ids).toEqual({ id: 7 });
		expect(knownOrder(known, 'last', undefined).reference).toBe('B');
		expect(knownOrder(known, 'last', 'khoins').reference).toBe('A');
	});

	test('by no other name, and of no provider that sent none', () => {
		const hint = 'See callsim history; a new order begins with fresh: true or ref.';
		const of = (wanted: string, provider?: string) =>
			problemOf(() => knownOrder(known, wanted, provider));
		expect(of('C')).toEqual({
			...{ code: 'usage', hint, message: 'no order "C" has been sent that the journal knows of' },
		});
		expect(of('last', 'transfez').message).toBe(
			'no order of transfez has been sent that the journal knows of',
		);
		expect(of('B', 'khoins').message).toContain('no order of khoins "B" has been sent');
	});
});
