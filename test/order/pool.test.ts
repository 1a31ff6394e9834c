import { describe, expect, test } from 'vitest';
import type { OrderAccess } from '../../src/order/access.ts';
import type { OrderNames } from '../../src/order/order.ts';
import { OrderPool, type OrderSource } from '../../src/order/pool.ts';
import type { OrderPort } from '../../src/order/port.ts';

/** 35 is Z, the last sign of base 36; 36 is 10. */
const numbers: Readonly<Record<string, number>> = { first: 35, second: 36 };

function pooled(source: OrderSource) {
	const asked: [OrderAccess, OrderNames][] = [];
	const shop: OrderPort = {
		make(access, order) {
			asked.push([access, order]);
			return Promise.resolve({ why: 'the shop is closed' });
		},
		read: () => Promise.resolve({ kind: 'absent' }),
	};
	return { pool: new OrderPool(source, shop, (key) => numbers[key] ?? 0), asked };
}
const setup: OrderAccess = { kind: 'command', command: 'make {reference} {amount}' };

describe('a pool without any order', () => {
	test('makes names up, which no receiver knows and nobody makes', async () => {
		const { pool, asked } = pooled({ existing: [] });
		expect([pool.isScarce, pool.left]).toEqual([false, Number.POSITIVE_INFINITY]);
		const order = pool.draw('first', '60.00');
		expect(order).toEqual({ reference: 'CS-Z', amount: '60.00', known: false, made: '' });
		expect(pool.draw('second', '', { prefix: 'X-' })).toEqual({
			reference: 'X-10',
			amount: '',
			known: false,
			made: '',
		});
		expect(pool.draw('first', '', { numbered: true })?.reference).toBe('CS-35');
		if (order !== undefined) expect(await pool.make(order)).toEqual({ order });
		expect(asked).toEqual([]);
	});
});

describe('a pool of existing orders', () => {
	test('gives each once, in their order, and then none', async () => {
		const { pool, asked } = pooled({ existing: ['A', 'B'] });
		expect([pool.isScarce, pool.left]).toEqual([true, 2]);
		const first = pool.draw('first', '60.00');
		expect(first).toEqual({ reference: 'A', amount: '60.00', known: true, made: '' });
		expect(pool.left).toBe(1);
		expect(pool.draw('first', '')?.reference).toBe('B');
		expect(pool.draw('first', '')).toBeUndefined();
		if (first !== undefined) expect(await pool.make(first)).toEqual({ order: first });
		expect(asked).toEqual([]);
	});

	test('keeps them for cases that need an order which is there', () => {
		const { pool } = pooled({ existing: ['A'] });
		expect(pool.draw('first', '1', { prefix: 'NO-' })).toEqual({
			reference: 'NO-Z',
			amount: '1',
			known: false,
			made: '',
		});
		const unknown = pool.forUnknownOrders();
		expect(unknown.draw('second', '1')).toEqual({
			reference: 'CS-10',
			amount: '1',
			known: false,
			made: '',
		});
		expect([unknown.isScarce, pool.left]).toEqual([false, 1]);
	});
});

test('an existing order that is given back is drawn again, after those that were never drawn', () => {
	const { pool } = pooled({ existing: ['A', 'B'] });
	const first = pool.draw('first', '1');
	if (first !== undefined) pool.giveBack(first);
	expect([pool.named, pool.left]).toEqual([2, 2]);
	expect(pool.draw('second', '1')?.reference).toBe('B');
	expect(pool.draw('second', '1')?.reference).toBe('A');
	expect([pool.draw('second', '1'), pool.left]).toEqual([undefined, 0]);
	pool.giveBack({ reference: 'CS-1', amount: '1', known: false, made: '' });
	expect(pool.left).toBe(0);
});

describe('a pool with a set-up', () => {
	test('has each order made under its own name, and tells why it could not be', async () => {
		const { pool, asked } = pooled({ existing: ['A'], setup });
		expect([pool.isScarce, pool.left]).toEqual([false, Number.POSITIVE_INFINITY]);
		const order = pool.draw('first', '60.00');
		expect(order).toEqual({
			reference: 'CS-Z',
			amount: '60.00',
			known: true,
			made: 'make CS-Z 60.00',
		});
		if (order === undefined) return;
		expect(await pool.make(order)).toEqual({ order, why: 'the shop is closed' });
		expect(asked).toEqual([[{ kind: 'command', command: 'make CS-Z 60.00' }, order]]);
		const unmade = { ...order, made: '' };
		expect(await pool.make(unmade)).toEqual({ order: unmade });
		expect(asked).toHaveLength(1);
		const alone = pooled({ existing: [], setup }).pool;
		expect(alone.isScarce).toBe(false);
	});
});
