/** One thing that the shop asked the provider for: a payment, a mandate, a top-up. */
export interface Order<Data = unknown> {
	/** The provider's. */
	readonly id: string;
	readonly provider: string;
	readonly kind: string;
	/** The shop's. */
	readonly reference: string;
	/** The one truth: answers, callbacks and pages are made of it. */
	readonly data: Data;
	/** What comes by itself, and when. */
	readonly next: readonly Planned[];
	readonly log: readonly LogEntry[];
}

export interface Planned {
	readonly id: string;
	/** Epoch milliseconds of the sandbox's clock. */
	readonly at: number;
	/** A word of the provider's: `settle`, `approve`. */
	readonly action: string;
	readonly with: string;
}

export interface LogEntry {
	/** Epoch milliseconds. */
	readonly at: number;
	readonly what: 'call' | 'page' | 'state' | 'control';
	readonly text: string;
}

/** Nobody reads the two hundredth visit of a page. */
const longestLog = 200;

export const logged = <D>(order: Order<D>, entry: LogEntry): Order<D> => ({
	...order,
	log: [...order.log, entry].slice(-longestLog),
});

/** What everybody may know of an order, whoever the provider is. */
export interface OrderFacts {
	readonly state: string;
	readonly amount?: string | undefined;
	readonly currency?: string | undefined;
	/** Outcomes that can be decided for it now. */
	readonly outcomes: readonly string[];
	readonly page?: string | undefined;
	/** Where its callbacks go; null: nobody has said where; undefined: that cannot be told. */
	readonly callbackTo?: string | null | undefined;
}

/** An order as controls show it. */
export interface OrderView extends OrderFacts {
	readonly id: string;
	readonly provider: string;
	readonly kind: string;
	readonly reference: string;
	readonly next: readonly Planned[];
	readonly log: readonly LogEntry[];
}
