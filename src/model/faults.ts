import { Problem } from './problem.ts';

/** What is found wrong by work that stops at the first mistake; anything else is a bug. */
export function* faultsOf(work: () => unknown): Generator<Problem, void> {
	try {
		work();
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		yield error;
	}
}

/**
 * All mistakes of a file as one problem, from top to bottom, so that it is mended in one go.
 * @param problems at least one; those of a line in their order
 */
export function asOne(problems: readonly Problem[]): Problem {
	const line = ({ place }: Problem) => place?.line ?? 0;
	const [first, ...more] = [...problems].sort((a, b) => line(a) - line(b));
	if (first === undefined) throw new Error('there is no problem');
	if (more.length === 0) return first;
	const also = new Set([
		...first.also,
		...more.flatMap((one) => [`${one.message}${suggestionOf(one)}`, ...one.also]),
	]);
	return new Problem(first.code, (say) => first.in(say).message, {
		hint: first.hint === undefined ? undefined : (say) => first.in(say).hint ?? '',
		place: first.place,
		also: [...also],
		cause: first,
	});
}

/** What else was meant is told beside each mistake; what helps with a file is told once. */
const suggestionOf = ({ hint = '', message }: Problem): string =>
	hint === '' || hint.startsWith('Mend the file') || message.endsWith(')')
		? ''
		: ` (${hint.charAt(0).toLowerCase()}${hint.slice(1).replace(/[.]$/, '')})`;
