import type { CallTold } from './calls.ts';
import type { LogEntry, Order } from './order.ts';
import type { Store } from './store.ts';

interface Question {
	readonly at: number;
	readonly times: number;
}

/** Different questions about one order that are remembered. */
const most = 20;

/**
 * What the shop has asked about each order and what it was answered, the same as one with its last
 * time. Shops ask thousands of times: none of it is kept in the state file.
 */
export class Questions {
	readonly #store: Pick<Store, 'get'>;
	readonly #of = new Map<string, Map<string, Question>>();

	constructor(store: Pick<Store, 'get'>) {
		this.#store = store;
	}

	heard({ order, method, target, status, at, came = at }: CallTold): void {
		if (order === undefined || status === undefined || this.#isLogged(order.id, came)) return;
		const known = this.#of.get(order.id) ?? new Map<string, Question>();
		this.#of.set(order.id, known);
		const text = `${method} ${target.split('?')[0]} → ${status}`;
		const times = (known.get(text)?.times ?? 0) + 1;
		known.delete(text);
		known.set(text, { at, times });
		const [oldest] = known.keys();
		if (known.size > most && oldest !== undefined) known.delete(oldest);
	}

	/** What made or changed the order stands in its log. */
	#isLogged(order: string, since: number): boolean {
		const log = this.#store.get<Order>('order', order)?.log ?? [];
		return (log.findLast(({ what }) => what !== 'state')?.at ?? 0) >= since;
	}

	about(order: string): LogEntry[] {
		return [...(this.#of.get(order) ?? [])].map(([text, { at, times }]) => ({
			...{ at, what: 'call' },
			text: times === 1 ? text : `${text} (${times} times, the last)`,
		}));
	}

	forget(): void {
		this.#of.clear();
	}
}
