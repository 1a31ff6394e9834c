import type { Outcome } from '../model/outcome.ts';
import type { CaseRun } from './case.ts';

export type Answered = Extract<Outcome, { kind: 'answered' }>;

/**
 * What a step was answered; undefined where no answer came.
 * @param at 0 for the first step, -1 for the last
 */
export function answerTo({ steps }: CaseRun, at = 0): Answered | undefined {
	const outcome = steps.at(at)?.results[0]?.outcome;
	return outcome?.kind === 'answered' ? outcome : undefined;
}
