/** How the merchant and the provider name an order between them. */
export interface OrderNames {
	readonly reference: string;
	/** What it costs, as the provider writes it; empty where the provider has no amounts. */
	readonly amount: string;
}

/** An order at the receiver's shop. */
export interface Order extends OrderNames {
	/** Made, or named by the user: the receiver knows it. */
	readonly known: boolean;
	/** Command line that makes it; empty where it is there already, or is made up. */
	readonly made: string;
	/** What the set-up answered; undefined where none was asked. */
	readonly answer?: string | undefined;
}
