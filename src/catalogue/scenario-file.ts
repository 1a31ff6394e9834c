import type { Place } from '../documents/json-place.ts';
import { placedProblem } from '../documents/placed-problem.ts';
import type { Problem } from '../model/problem.ts';
import type { ScenarioFile, StepFile } from '../model/scenario.ts';
import type { Told } from '../model/words.ts';

/** A scenario as its file has it, numbers as they are written, and where each part of it stands. */
export interface ScenarioDocument {
	/** As it is told. */
	readonly file: string;
	/** Where it is. */
	readonly path: string;
	/** Without what does not fit. */
	readonly value: ScenarioFile;
	/** What does not fit the schema: nothing is tried then. */
	readonly faults: readonly Problem[];
	place(pointer: string): Place;
}

/** A mistake in a scenario, with the place to go to. @param about what it is said of */
export function scenarioProblem(
	document: { readonly file: string; place(pointer: string): Place },
	pointer: string,
	what: string,
	hint: Told = 'Mend the file; docs/scenarios.md describes every key.',
	about: string = pointer,
): Problem {
	const { file } = document;
	return placedProblem(
		'scenario-invalid',
		file,
		document.place(pointer),
		toldPointer(about),
		what,
		hint,
	);
}

/** `/steps/0/expect/status` → `step 1: expect.status`, `/steps/0` → `step 1:`. */
export function toldPointer(pointer: string): string {
	const parts = pointer.split('/').slice(1);
	const steps: number[] = [];
	while (
		(parts[0] === 'steps' || parts[0] === 'parallel' || parts[0] === 'shuffle') &&
		/^\d+$/.test(parts[1] ?? '')
	)
		steps.push(Number(parts.splice(0, 2)[1]) + 1);
	const where = steps.length === 0 ? '' : `step ${steps.join('.')}:`;
	return [where, parts.join('.')].filter((part) => part !== '').join(' ');
}

/** The events a scenario fires, in the order in which they are written: `<provider>/<event>`. */
export function eventsOf({
	provider,
	steps,
}: {
	readonly provider?: string | undefined;
	readonly steps: readonly StepFile[];
}): string[] {
	return steps.flatMap((step) => {
		if (step.fire !== undefined) return [eventId(step.fire, provider)];
		return eventsOf({ provider, steps: innerSteps(step) });
	});
}

export function eventId(fire: string, provider: string | undefined): string {
	return fire.includes('/') || provider === undefined ? fire : `${provider}/${fire}`;
}

/** The steps of a group; none of a step that fires. */
export function innerSteps({ parallel, shuffle, steps }: StepFile): readonly StepFile[] {
	return (parallel ?? shuffle ?? steps ?? []) as readonly StepFile[];
}
