import { type Millis, millis } from '../model/duration.ts';

/** A framework that compiles at its first request may take so long, once. */
const firstPatience = millis(60_000);
const usualPatience = millis(10_000);

/** How long one answer may take: longer until the receiver has been met. */
export interface Patience {
	/** As it is now; 0 for without end. */
	readonly span: Millis;
	/** Call when first contact is over. */
	met(): void;
}

/** @param said what the user allows: then it holds from the first answer on */
export function patienceFor(
	said: Millis | undefined,
	first = firstPatience,
	usual = usualPatience,
): Patience {
	let isMet = false;
	return {
		get span() {
			return said ?? (isMet ? usual : first);
		},
		met() {
			isMet = true;
		},
	};
}
