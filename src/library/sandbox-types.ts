import type { DeliveryOptions, SetupOptions, ShapingOptions } from './options.ts';

/** What programs say to the sandbox, and see of it. */

export interface SandboxOptions
	extends Omit<SetupOptions, 'providers'>,
		Partial<Omit<DeliveryOptions, 'to'>>,
		Pick<ShapingOptions, 'variant' | 'encoding' | 'seed' | 'now'> {
	/** Ids. Default: all that there are. */
	readonly providers?: readonly string[];
	/** Where callbacks go if a request names no address. */
	readonly callbackTo?: string | URL;
	/** `success`, `failed`, `cancelled`, `pending`, `never`; default `ask`: you decide. */
	readonly outcome?: string;
	/** Sandbox time between the payer's act and the callback. Default: 0. */
	readonly delayMs?: number;
	/** Default: any free one. */
	readonly port?: number;
	/** A file that everything is kept in. */
	readonly state?: string;
	/** Whether time passes by itself. Default: it stands still until `advance`. */
	readonly realTime?: boolean;
}

export interface SandboxOrder {
	/** The provider's. */
	readonly id: string;
	/** The shop's. */
	readonly reference: string;
	readonly provider: string;
	readonly kind: string;
	readonly state: string;
	readonly amount?: string | undefined;
	readonly currency?: string | undefined;
	/** What `settle` can make of it now. */
	readonly outcomes: readonly string[];
	/** The payer's page. */
	readonly page?: string | undefined;
}

export interface SandboxDelivery {
	readonly id: number;
	/** Id of its order. */
	readonly order: string;
	readonly event: string;
	readonly url: string;
	readonly body: string | undefined;
	/** Undefined while it is under way. */
	readonly why: string | undefined;
	readonly attempts: readonly {
		/** Provider time since the first attempt, milliseconds. */
		readonly offsetMs: number;
		/** Undefined where nobody answered. */
		readonly status: number | undefined;
		readonly answer: string | undefined;
		readonly acknowledged: boolean;
	}[];
}

/** An order as it was told, its id at the provider, or the shop's reference. */
export type OrderNamed = string | { readonly id: string };

/** One request of the shop. */
export interface SandboxCall {
	readonly method: string;
	readonly path: string;
	readonly status: number | undefined;
	/** What was wrong about it. */
	readonly notes: readonly string[];
}

export interface SandboxBalance {
	readonly provider: string;
	readonly currency: string;
	/** Digits, as the provider would write them. */
	readonly balance: string;
}

export interface ResendOptions {
	/** So many at once. */
	readonly times?: number;
	/** Sandbox time before. */
	readonly afterMs?: number;
	readonly unsigned?: boolean;
	readonly wrongKey?: boolean;
}

export interface Sandbox {
	/** Where the shop finds the provider, without a slash at the end. */
	readonly url: string;
	/** Newest first. */
	orders(): readonly SandboxOrder[];
	/** @throws Problem where there is none */
	order(order: OrderNamed): SandboxOrder;
	/** What was asked of the sandbox, in turn. */
	calls(): readonly SandboxCall[];
	deliveries(order?: OrderNamed): readonly SandboxDelivery[];
	/** Decides an order; without a delay its callback has been tried once when this resolves. */
	settle(order: OrderNamed, outcome: string): Promise<SandboxOrder>;
	/** The last callback of an order, or the delivery of that number, once more. */
	resend(which: OrderNamed | number, options?: ResendOptions): Promise<void>;
	/** Lets time pass, `10m`; resolves when everything that fell due has been done. */
	advance(by: string): Promise<void>;
	/** What the shop has left with each provider that keeps a deposit. */
	balances(): readonly SandboxBalance[];
	/** @throws Problem where the provider keeps none */
	setBalance(provider: string, amount: string | number): void;
	/** How the next calls of the API fail. */
	failNext(as: '500' | '429' | 'timeout' | 'reset', times?: number): void;
	/** Forgets everything. */
	reset(): void;
	close(): Promise<void>;
}
