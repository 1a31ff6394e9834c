/** What can be sent, as `list --json` has it. */

/**
 * `documented`: the vendor's own text. `observed`: real traffic, or code that handles it.
 * `assumed`: nobody says so, we chose.
 */
export type Trust = 'documented' | 'observed' | 'assumed';

/** One thing we say about an event, and on what ground. */
export interface Claim {
	readonly trust: Trust;
	/** Public address, or null where nobody says it. */
	readonly source: string | null;
	readonly note?: string | undefined;
}

export interface Schedule {
	readonly attempts: number;
	/** Provider time before the second, third, … attempt, milliseconds. */
	readonly pausesMs: readonly number[];
	/** `chosen` when the user's `--retry` replaced the provider's own. */
	readonly trust: Trust | 'chosen';
}

export interface CatalogueEvent {
	/** `<provider>/<event>` */
	readonly id: string;
	readonly provider: string;
	readonly message: string;
	readonly title: string;
	readonly method: string;
	readonly to: 'callback_url' | 'return_url';
	readonly encoding: string;
	/** choice → its options, the default first */
	readonly choices: Readonly<Record<string, readonly string[]>>;
	readonly signature: string | null;
	readonly schedule: Schedule;
	/** The weakest of its claims. */
	readonly trust: Trust;
	readonly claims: Readonly<Record<string, Claim>>;
}

export interface ListedScenario {
	/** `<provider>/<name>` */
	readonly id: string;
	readonly title: string;
	readonly events: readonly string[];
}

/** `list --json` */
export interface Listing {
	readonly v: 1;
	readonly events: readonly CatalogueEvent[];
	readonly scenarios: readonly ListedScenario[];
}
