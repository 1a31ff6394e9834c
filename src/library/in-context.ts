import { maskedProblem, Problem } from '../model/problem.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { libraryContext } from './library-context.ts';
import type { SetupOptions, WatchOptions } from './types.ts';

/**
 * A call, in a context of its own. A program logs what it is told, and a Problem may repeat what a
 * receiver or a command said.
 * @throws Problem, masked; the signal's reason when it is aborted
 */
export async function inContext<T>(
	options: SetupOptions & Pick<WatchOptions, 'signal'>,
	work: (context: EngineContext) => Promise<T>,
): Promise<T> {
	const { signal } = options;
	signal?.throwIfAborted();
	const context = libraryContext(options, signal);
	try {
		const result = await work(context);
		signal?.throwIfAborted();
		return result;
	} catch (error) {
		throw error instanceof Problem ? maskedProblem(error, context.mask) : error;
	}
}
