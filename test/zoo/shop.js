import { setTimeout as pause } from 'node:timers/promises';

/**
 * The order table of a small shop, in memory. Every access takes a moment, as a database's does, so that two callbacks
 * at the same moment really meet.
 *
 * An order as the shop makes it: `{ reference, amount, state: 'new', credited: 0 }`. Receivers set `state`, count in
 * `credited` how often the goods went out (or the customer's balance was credited), and may keep more fields beside it.
 *
 * @param speed of what the shop waits for: 20 makes six seconds 300 ms
 */
export function createShop(speed = 1) {
	const orders = new Map();
	return {
		/** @returns a copy of the order, or undefined */
		async find(reference) {
			await pause(2);
			const order = orders.get(reference);
			return order === undefined ? undefined : structuredClone(order);
		},
		/** @returns a copy of the first order whose reference is one that is looked for, or undefined */
		async search(isWanted) {
			await pause(2);
			const reference = [...orders.keys()].find(isWanted);
			return reference === undefined ? undefined : structuredClone(orders.get(reference));
		},
		/** Replaces the whole row. */
		async save(order) {
			await pause(2);
			orders.set(order.reference, structuredClone(order));
		},
		/** What somebody else takes, whom the shop asks: milliseconds. */
		wait: (span) => pause(span / speed),
		/** What the shop's own pages do: not for receivers. */
		create: (reference, amount) =>
			orders.set(reference, { reference, amount, state: 'new', credited: 0 }),
		show: (reference) => orders.get(reference),
	};
}
