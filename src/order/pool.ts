import { filledAccess, makeLine, type OrderAccess } from './access.ts';
import { makeOrder } from './make-order.ts';
import type { Order } from './order.ts';
import type { OrderPort } from './port.ts';
import type { ReferenceForm } from './reference-form.ts';

/** Where orders come from. */
export interface OrderSource {
	/** How one is made: `--setup-url`, `--setup-command`, or a function. */
	readonly setup?: OrderAccess | undefined;
	/** `--orders`: existing ones; each is used once, unless it is given back. */
	readonly existing: readonly string[];
	/** How made-up references look like the shop's own. */
	readonly form?: ReferenceForm | undefined;
}

/** What a made-up reference has to look like. */
interface OrderForm {
	readonly prefix?: string | undefined;
	/** Digits alone behind the prefix. */
	readonly numbered?: boolean | undefined;
}

/** Short enough for Bayarcash's 30 characters, and nothing that any shop treats specially. */
const usualPrefix = 'CS-';

/** Gives every case an order of its own. */
export class OrderPool {
	readonly #source: OrderSource;
	readonly #shop: OrderPort;
	readonly #numberOf: (key: string) => number;
	#used = 0;
	readonly #returned: string[] = [];
	#isNamed = false;
	/** Reference → the key of its case. */
	#owners = new Map<string, string>();

	/** @param numberOf the same number for the same key, so that a run can be repeated */
	constructor(source: OrderSource, shop: OrderPort, numberOf: (key: string) => number) {
		this.#source = source;
		this.#shop = shop;
		this.#numberOf = numberOf;
	}

	get isScarce(): boolean {
		return this.#source.setup === undefined && this.#source.existing.length > 0;
	}

	/** How many are left where they are scarce. */
	get left(): number {
		if (!this.isScarce) return Number.POSITIVE_INFINITY;
		return Math.max(0, this.named - this.#used) + this.#returned.length;
	}

	/** How many exist already. */
	get named(): number {
		return this.#source.existing.length;
	}

	/** Nothing came of it, so that another case may have it. */
	giveBack({ reference }: Order): void {
		if (this.#source.existing.includes(reference)) this.#returned.push(reference);
	}

	/** A name for the case `key`; not made yet. Undefined when no order is left. */
	draw(
		key: string,
		amount: string,
		{ prefix, numbered = false }: OrderForm = {},
	): Order | undefined {
		const { setup, existing } = this.#source;
		if (setup === undefined && existing.length > 0 && prefix === undefined) {
			const reference = existing[this.#used++] ?? this.#returned.shift();
			return reference === undefined ? undefined : { reference, amount, known: true, made: '' };
		}
		const reference = this.#madeUp(key, { prefix, numbered });
		const made = setup === undefined ? '' : makeLine(filledAccess(setup, { reference, amount }));
		return { reference, amount, known: setup !== undefined, made };
	}

	/** The same for the same key, and no other's: short numbers might meet. */
	#madeUp(key: string, { prefix, numbered }: OrderForm): string {
		const { form } = this.#source;
		const number = this.#numberOf(key);
		if (form === undefined)
			return `${prefix ?? usualPrefix}${number.toString(numbered ? 10 : 36).toUpperCase()}`;
		for (let next = number; ; next++) {
			const reference = `${prefix ?? ''}${form(next)}`;
			const owner = this.#owners.get(reference) ?? key;
			if (owner !== key) continue;
			this.#owners.set(reference, key);
			return reference;
		}
	}

	/** The same names, of orders that nobody makes. */
	forUnknownOrders(): OrderPool {
		const pool = new OrderPool(
			{ ...this.#source, setup: undefined, existing: [] },
			this.#shop,
			this.#numberOf,
		);
		pool.#owners = this.#owners;
		return pool;
	}

	/** Whether an order has its reference only once it is made. */
	get numbersItself(): boolean {
		const { setup } = this.#source;
		const isSaid =
			setup !== undefined && setup.kind !== 'function' && setup.reference !== undefined;
		return isSaid || this.#isNamed;
	}

	/** @returns the order as its shop knows it, or why it could not be made */
	async make(order: Order): Promise<{ order: Order; why?: string }> {
		const { setup } = this.#source;
		if (setup === undefined || order.made === '') return { order };
		const made = await makeOrder(this.#shop, setup, order);
		if (made.why !== undefined) return { order, why: made.why };
		this.#isNamed ||= made.reference !== order.reference;
		return { order: { ...order, reference: made.reference, answer: made.answer } };
	}
}
