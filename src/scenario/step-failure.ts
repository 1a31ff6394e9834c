import { RemoteAddress } from '../delivery/guarded-lookup.ts';
import { Problem } from '../model/problem.ts';
import type { StepFailure } from '../model/run-event.ts';
import { fileWords } from '../model/words.ts';
import { NothingThere } from './names.ts';

/** What a user or a receiver can fix fails the step. @throws everything else: a bug */
export function stepFailureOf(error: unknown): StepFailure {
	const isTheirs =
		error instanceof Problem || error instanceof NothingThere || error instanceof RemoteAddress;
	if (!isTheirs) throw error;
	const { message, hint } =
		error instanceof Problem ? error.in(fileWords) : { message: error.message, hint: undefined };
	const more = hint === undefined ? '' : ` (${hint})`;
	return { kind: 'problem', expected: 'a step that can be tried', got: `${message}${more}` };
}
