import { expect } from 'vitest';
import { Problem } from '../../src/model/problem.ts';
import { runs } from './long.ts';

/** What work comes to, or undefined where it ends with a problem: whatever else it throws, fails the test. */
export async function problemOr<T>(work: () => T | Promise<T>): Promise<T | undefined> {
	let thrown: Error | undefined;
	let value: T | undefined;
	try {
		value = await work();
	} catch (error) {
		thrown = error as Error;
	}
	expect([undefined, Problem], thrown?.stack).toContain(thrown?.constructor);
	return value;
}

/** How often a property is tried: `FUZZ=100` tries it a hundred times as often as the whole suite does. */
export const fuzzRuns = (count: number): { numRuns: number } =>
	process.env['FUZZ'] === undefined
		? runs(count)
		: { numRuns: count * Number(process.env['FUZZ']) };
