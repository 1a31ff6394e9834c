import { maskedProblem, Problem } from '../model/problem.ts';
import type { EngineContext } from '../settings/engine-context.ts';

/** A program logs what it is told; a Problem may repeat what a receiver or a command said. */
export async function keepingSecrets<T>(
	context: EngineContext,
	work: () => Promise<T>,
): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw error instanceof Problem ? maskedProblem(error, context.mask) : error;
	}
}
