import type { Value } from './value.ts';

/**
 * How much may be filled into the texts of one callback, or of one file: characters, and members of
 * lists and objects. What is written out has no such bound; texts that name each other double
 * thirty times in thirty lines.
 */
export const mostFilledIn = 1024 * 1024;

/** Counts what is filled in. */
export class Room {
	#left = mostFilledIn;

	/** Whether there is room for one more value. */
	holds(value: Value | undefined): boolean {
		const open: unknown[] = [value];
		while (open.length > 0 && this.#left >= 0) {
			const inner = open.pop();
			this.#left -= typeof inner === 'string' ? inner.length : 1;
			if (typeof inner !== 'object' || inner === null) continue;
			for (const [key, one] of Object.entries(inner)) {
				this.#left -= key.length;
				open.push(one);
			}
		}
		return this.#left >= 0;
	}
}
