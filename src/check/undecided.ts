import { jsonOf } from '../model/value-text.ts';
import type { CaseStep, StepShaping } from './case-step.ts';
import type { Subject } from './subject.ts';

/** A success whose status nobody knows yet; undefined where the messages carry none. */
export function unknownStatus({ unknownOutcome }: Subject): StepShaping | undefined {
	if (unknownOutcome === undefined) return undefined;
	return {
		set: Object.entries(unknownOutcome).map(([path, value]) => `${path}:=${jsonOf(value)}`),
	};
}

/** A report that decides nothing: a pending one, or one whose status nobody knows. */
export function undecidedStep(subject: Subject): CaseStep | undefined {
	const [event] = subject.pending;
	if (event !== undefined) return { event };
	const shaping = unknownStatus(subject);
	return shaping === undefined ? undefined : { event: subject.success, shaping };
}
