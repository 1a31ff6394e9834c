import { createHash } from 'node:crypto';
import type { Random } from '../model/clock.ts';

/** The same bytes for the same seed, on every machine and version: SHA-256 of seed and counter. */
export function seededRandom(seed: string): Random {
	let block = 0;
	let store = Buffer.alloc(0);
	return {
		bytes(count) {
			while (store.length < count) {
				store = Buffer.concat([store, createHash('sha256').update(`${seed}:${block++}`).digest()]);
			}
			const taken = store.subarray(0, count);
			store = store.subarray(count);
			return taken;
		},
		of: (name) => seededRandom(`${seed}:${name}`),
	};
}

/** A whole number that a name and the run's seed lead to: the same run again makes the same ids. */
export function seedFor(seed: string, name: string): number {
	return Number.parseInt(
		createHash('sha256').update(`${seed}:${name}`).digest('hex').slice(0, 12),
		16,
	);
}
