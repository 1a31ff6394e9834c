import { filledAccess, makeLine, type OrderAccess } from './access.ts';
import { makeOrder } from './make-order.ts';
import type { Order } from './order.ts';
import type { OrderPort } from './port.ts';

/** Where orders come from. */
export interface OrderSource {
	/** How one is made: `--setup-url`, `--setup-command`, or a function. */
	readonly setup?: OrderAccess | undefined;
	/** `--orders`: existing ones; each is used once, unless it is given back. */
	readonly existing: readonly string[];
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
		{ prefix = usualPrefix, numbered = false }: OrderForm = {},
	): Order | undefined {
		const { setup, existing } = this.#source;
		if (setup === undefined && existing.length > 0 && prefix === usualPrefix) {
			const reference = existing[this.#used++] ?? this.#returned.shift();
			return reference === undefined ? undefined : { reference, amount, known: true, made: '' };
		}
		const number = this.#numberOf(key).toString(numbered ? 10 : 36);
		const reference = `${prefix}${number.toUpperCase()}`;
		const made = setup === undefined ? '' : makeLine(filledAccess(setup, { reference, amount }));
		return { reference, amount, known: setup !== undefined, made };
	}

	/** The same names, of orders that nobody makes. */
	forUnknownOrders(): OrderPool {
		return new OrderPool({ existing: [] }, this.#shop, this.#numberOf);
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
