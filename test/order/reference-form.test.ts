import { describe, expect, test } from 'vitest';
import { OrderPool } from '../../src/order/pool.ts';
import type { OrderPort } from '../../src/order/port.ts';
import { referenceForm } from '../../src/order/reference-form.ts';

const now = Date.parse('2026-03-09T23:30:00Z');
const madeOf = (form: string, number: number) => referenceForm(form, now)(number);

test.each([
	['INV/{year}/{n:5}', 41, 'INV/2026/00042'],
	['INV/{year}/{n}', 41, 'INV/2026/10000041'],
	['{n:5}', 99_999, '00001'],
	['#{n:4}', 2 ** 45, '#7920'],
	['SO{year}{month}{day}-{n:12}', 2 ** 50, 'SO20260309-899906843750'],
	['{n:4}-{n:4}', 6, '0007-0007'],
])('%s makes %j %s', (form, number, reference) => {
	expect(madeOf(form, number)).toBe(reference);
});

test.each([
	['INV-1', 'names no {n}'],
	['', 'names no {n}'],
	['INV/{yr}/{n}', 'knows no {yr}'],
	['{n:5} {reference}', 'knows no {reference}'],
	['{n:abc}', 'knows no {n:abc}'],
	['{n:2}', 'has room for 2 digits'],
	['{n:99}', 'has room for 99 digits'],
])('%j is refused: it %s', (form, why) => {
	expect(() => madeOf(form, 1)).toThrow(why);
});

describe('a pool of such orders', () => {
	const shop: OrderPort = {
		make: () => Promise.resolve({}),
		read: () => Promise.resolve({ kind: 'absent' }),
	};
	const form = referenceForm('A-{n:4}', now);
	const pool = () => new OrderPool({ existing: [], form }, shop, () => 7);

	test('gives no two cases one number, nor an order that nobody makes, and a case always its own', () => {
		const orders = pool();
		const unknown = orders.forUnknownOrders();
		const drawn = [orders.draw('a', '1'), orders.draw('b', '1'), unknown.draw('c', '1')];
		expect(drawn.map((order) => order?.reference)).toEqual(['A-0008', 'A-0009', 'A-0010']);
		expect(orders.draw('b', '1')?.reference).toBe('A-0009');
	});

	test('puts before it what a case puts before any number', () => {
		expect(pool().draw('a', '1', { prefix: 'DEV' })?.reference).toBe('DEVA-0008');
		expect(pool().draw('a', '1', { prefix: '', numbered: true })?.reference).toBe('A-0008');
	});
});
