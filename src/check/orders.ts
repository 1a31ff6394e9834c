import { seedFor } from '../compose/seeded-random.ts';
import { insideShell, quoted, shellPlace } from '../model/shell.ts';

/** An order at the receiver's shop. */
export interface Order {
	readonly reference: string;
	/** What it costs, as the provider writes it; empty where the provider has no amounts. */
	readonly amount: string;
	/** Made, or named by the user: the receiver knows it. */
	readonly known: boolean;
	/** Command line that makes it; empty where it is there already, or is made up. */
	readonly made: string;
}

/** Where orders come from. */
export interface OrderSource {
	/** `--setup-url` (POSTed) or `--setup-command`, with `{reference}` and `{amount}`. */
	readonly setup?: SetupTemplate | undefined;
	/** `--orders`: existing ones, each used once. */
	readonly existing: readonly string[];
}

/** A URL, a command, or a function of the program that uses the library. */
export type SetupTemplate = { readonly url: string } | { readonly command: string } | { readonly own: true };

/** Reads or changes the receiver's shop. */
export interface ShopPort {
	/** @returns why it failed, or undefined */
	setUp(template: SetupTemplate, order: Pick<Order, 'reference' | 'amount'>): Promise<string | undefined>;
}

/** Values in a URL are percent-encoded, in a command quoted for the shell; an absent amount is empty. */
export function filled(template: SetupTemplate, values: { reference: string; amount: string }): SetupTemplate {
	const write = (text: string, write: (value: string, before: string) => string) =>
		text.replace(/\{(reference|amount)\}/g, (_, name: 'reference' | 'amount', offset: number) =>
			write(values[name], text.slice(0, offset)),
		);
	if ('own' in template) return template;
	if ('url' in template) return { url: write(template.url, encodeURIComponent) };
	return { command: write(template.command, (value, before) => insideShell(value, shellPlace(before))) };
}

export function commandOf(template: SetupTemplate): string {
	if ('own' in template) return "# the order was made by the program's own function";
	return 'url' in template ? `curl -sS -X POST ${quoted(template.url)}` : template.command;
}

/** Short enough for Bayarcash's 30 characters, and nothing that any shop treats specially. */
const usualPrefix = 'CS-';

/** Gives every case an order of its own. */
export class OrderPool {
	readonly #source: OrderSource;
	readonly #shop: ShopPort;
	readonly #seed: string;
	#used = 0;

	constructor(source: OrderSource, shop: ShopPort, seed: string) {
		this.#source = source;
		this.#shop = shop;
		this.#seed = seed;
	}

	/** Whether the receiver will know the orders. */
	get makesKnown(): boolean {
		return this.#source.setup !== undefined || this.#source.existing.length > 0;
	}

	get isScarce(): boolean {
		return this.#source.setup === undefined && this.#source.existing.length > 0;
	}

	/** How many are left where they are scarce. */
	get left(): number {
		return this.isScarce ? this.#source.existing.length - this.#used : Number.POSITIVE_INFINITY;
	}

	/** A name for the case `key`; not made yet. Undefined when no order is left. */
	draw(key: string, amount: string, prefix = usualPrefix): Order | undefined {
		const { setup, existing } = this.#source;
		if (setup === undefined && existing.length > 0 && prefix === usualPrefix) {
			const reference = existing[this.#used++];
			return reference === undefined ? undefined : { reference, amount, known: true, made: '' };
		}
		const reference = `${prefix}${seedFor(this.#seed, key).toString(36).toUpperCase()}`;
		const made = setup === undefined ? '' : commandOf(filled(setup, { reference, amount }));
		return { reference, amount, known: setup !== undefined, made };
	}

	/** The same names, of orders that nobody makes. */
	forUnknownOrders(): OrderPool {
		return new OrderPool({ existing: [] }, this.#shop, this.#seed);
	}

	/** @returns why it could not be made, or undefined */
	async make({ reference, amount, made }: Order): Promise<string | undefined> {
		const { setup } = this.#source;
		if (setup === undefined || made === '') return undefined;
		return this.#shop.setUp(filled(setup, { reference, amount }), { reference, amount });
	}
}
