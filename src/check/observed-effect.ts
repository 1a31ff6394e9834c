import type { State } from '../order/state.ts';

/** What one genuine callback did to one order. */
export interface ObservedEffect {
	readonly before: State;
	readonly after: State;
	readonly amount: string;
	/** Every value that was sent, as text, without those by which a receiver may know the outcome. */
	readonly echoes: ReadonlySet<string>;
	/** Those: a receiver that keeps the provider's own status may have nothing else to show. */
	readonly outcomes: ReadonlySet<string>;
}

/** JSON text without the quotes of a text. */
export const bare = (json: string): string =>
	json.startsWith('"') ? (JSON.parse(json) as string) : json;
