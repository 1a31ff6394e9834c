import { describe, expect, test } from 'vitest';
import { millis } from '../../src/model/duration.ts';
import type { OrderAccess } from '../../src/order/access.ts';
import type { OrderPort } from '../../src/order/port.ts';
import { OrderReader } from '../../src/order/reader.ts';
import { type State, stateOf } from '../../src/order/state.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const order = { reference: 'A 1', amount: '60.00' };
const probe: OrderAccess = { kind: 'url', url: 'http://shop/{reference}' };
const nothing = () => false;
const shown = (state: string) => stateOf(JSON.stringify({ state }));
const unreadable: State = { kind: 'unreadable', why: 'GET: status 500' };

/** Shows these states in turn, the last one for ever; one millisecond a look. */
function reading(states: readonly State[], settle = 100) {
	const clock = virtualClock();
	const asked: OrderAccess[] = [];
	const shop: OrderPort = {
		make: () => Promise.resolve({}),
		read(access) {
			asked.push(access);
			return Promise.resolve(states[Math.min(asked.length, states.length) - 1] ?? unreadable);
		},
	};
	const reader = new OrderReader(probe, shop, clock, millis(settle));
	const before = shown('new');
	return {
		clock,
		asked,
		reader,
		settled: (whole: boolean) => reader.settled(order, before, nothing, whole),
	};
}

describe('one look', () => {
	test('asks for the order by its name, once where it is seen', async () => {
		const { reader, asked, clock } = reading([shown('paid')]);
		expect(await reader.read(order)).toEqual(shown('paid'));
		expect(asked).toEqual([{ kind: 'url', url: 'http://shop/A%201' }]);
		expect(clock.slept).toEqual([]);
	});

	test('that fails is taken again a moment later, and then believed', async () => {
		const once = reading([unreadable, shown('paid')]);
		expect(await once.reader.read(order)).toEqual(shown('paid'));
		expect(once.clock.slept).toEqual([50]);
		const twice = reading([unreadable, unreadable, shown('paid')]);
		expect(await twice.reader.read(order)).toEqual(unreadable);
	});
});

describe('waiting for a change', () => {
	test('ends at once where it is there already', async () => {
		const { settled, clock } = reading([shown('paid')]);
		expect(await settled(false)).toEqual(shown('paid'));
		expect(clock.slept).toEqual([]);
	});

	test('ends when what changed has come to rest, looking less and less often', async () => {
		const { settled, clock } = reading([
			shown('new'),
			shown('new'),
			shown('paying'),
			shown('paid'),
			shown('paid'),
		]);
		expect(await settled(false)).toEqual(shown('paid'));
		expect(clock.slept).toEqual([2, 5, 10, 20]);
	});

	test('ends at the deadline where nothing changes, and does not sleep beyond it', async () => {
		const { settled, clock, asked } = reading([shown('new')], 100);
		expect(await settled(false)).toEqual(shown('new'));
		expect(clock.slept).toEqual([2, 5, 10, 20, 40, 23]);
		expect(asked).toHaveLength(7);
	});

	test('goes on at the longest pause, however long it takes', async () => {
		const { settled, clock } = reading([shown('new')], 157);
		await settled(false);
		expect(clock.slept).toEqual([2, 5, 10, 20, 40, 40, 40]);
	});

	test('takes the whole span for a receiver that is known to be late', async () => {
		const { settled, clock } = reading([shown('paid')], 30);
		expect(await settled(true)).toEqual(shown('paid'));
		expect(clock.slept).toEqual([2, 5, 10, 13]);
	});

	test('does not take for a change what changes by itself', async () => {
		const { reader, clock } = reading([shown('x')], 4);
		await reader.settled(order, shown('new'), (path) => path === 'state', false);
		expect(clock.slept).toEqual([2, 2]);
	});
});
