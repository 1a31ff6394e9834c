import type { Place } from '../documents/json-place.ts';
import { placedProblem } from '../documents/placed-problem.ts';
import { schemaValidator, type Validator } from '../documents/schema-validator.ts';
import { problemsOf, type Violation, violationsIn } from '../documents/violation.ts';
import { readYaml } from '../documents/yaml-document.ts';
import { asOne } from '../model/faults.ts';
import type { Problem } from '../model/problem.ts';
import type { ScenarioFile, StepFile } from '../model/scenario.ts';
import { ScenarioSchema } from '../model/scenario-schema.ts';
import { isObject, type Value } from '../model/value.ts';
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

let validator: Validator | undefined;

/**
 * What does not fit in it is told with what else is found.
 * @throws Problem `scenario-invalid` with file, line and column where too little of it can be read
 */
export function readScenario(file: string, text: string, path = file): ScenarioDocument {
	const document = readYaml(file, text, 'scenario-invalid');
	if (document.plain === null)
		throw scenarioProblem(
			document,
			'',
			'the file is empty',
			'See docs/scenarios.md, or: callsim init',
		);
	validator ??= schemaValidator(ScenarioSchema);
	const problems = (violations: readonly Violation[]) =>
		problemsOf(violations, document.place, ({ pointer, what }) =>
			scenarioProblem(document, pointer, what),
		);
	const violations = violationsIn(validator, document.plain, ScenarioSchema);
	const value = withoutThem(violations, document.exact) as unknown as ScenarioFile;
	const plain = withoutThem(violations, document.plain as Value);
	if (value === undefined || !validator.Check(plain)) throw asOne(problems(violations));
	const shape = [...shapeFaults(value.steps, '/steps')].filter(
		({ pointer }) => !violations.some((one) => `${one.pointer}/`.startsWith(`${pointer}/`)),
	);
	const faults = problems([...violations, ...shape]);
	return { file, path, value, faults, place: document.place };
}

/** @throws Problem all that is wrong with its form */
export function wellFormed(document: ScenarioDocument): ScenarioDocument {
	if (document.faults.length > 0) throw asOne(document.faults);
	return document;
}

/**
 * The scenario without what does not fit the schema, so that its other mistakes are found, too;
 * undefined where too little of it is left.
 */
function withoutThem(violations: readonly Violation[], whole: Value): Value | undefined {
	let rest: Value | undefined = whole;
	for (const { pointer, what } of violations) {
		const path = pointer.split('/').slice(1);
		if (what === 'lacks "name"' && path.length === 0 && isObject(rest))
			rest = { ...rest, name: 'nameless' };
		// What a list holds is told by its number: the whole list goes.
		else {
			while (/^\d+$/.test(path.at(-1) ?? '')) path.pop();
			const isStep = ['', 'steps', ...kinds].includes(path.at(-1) ?? '');
			rest = isStep || rest === undefined ? undefined : without(rest, path);
		}
	}
	return rest;
}

function without(value: Value, [name, ...more]: readonly string[]): Value {
	if (name === undefined) return value;
	if (Array.isArray(value))
		return (value as readonly Value[]).map((item, at) =>
			String(at) === name ? without(item, more) : item,
		);
	if (!isObject(value)) return value;
	const entries = Object.entries(value);
	return Object.fromEntries(
		more.length === 0
			? entries.filter(([key]) => key !== name)
			: entries.map(([key, inner]) => [key, key === name ? without(inner, more) : inner]),
	);
}

/** A mistake in a scenario, with the place a person can go to. */
export function scenarioProblem(
	document: { readonly file: string; place(pointer: string): Place },
	pointer: string,
	what: string,
	hint: Told = 'Mend the file; docs/scenarios.md describes every key.',
): Problem {
	const { file } = document;
	return placedProblem(
		'scenario-invalid',
		file,
		document.place(pointer),
		toldPointer(pointer),
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

const kinds = ['fire', 'parallel', 'shuffle', 'steps'] as const;
/** What a group may say about itself; everything else belongs to its steps. */
const ofGroups = new Set(['name', 'id', 'after', 'repeat', 'seed', 'parallel', 'shuffle', 'steps']);

/** What the schema cannot say: a step is one thing, and a group only groups. */
function* shapeFaults(steps: readonly StepFile[], pointer: string): Generator<Violation> {
	for (const [at, step] of steps.entries()) {
		const here = `${pointer}/${at}`;
		const given = kinds.filter((kind) => step[kind] !== undefined);
		const [kind] = given;
		if (kind === undefined)
			yield {
				pointer: here,
				what: 'fires nothing: it needs one of fire, parallel, shuffle, steps',
			};
		else if (given.length > 1)
			yield { pointer: here, what: `is ${given.join(' and ')} at once: a step is one of them` };
		else if (kind === 'fire') {
			if (step.seed !== undefined) yield { pointer: `${here}/seed`, what: 'belongs to a shuffle' };
		} else {
			const stray = Object.keys(step).find((key) => !ofGroups.has(key));
			if (stray !== undefined)
				yield {
					pointer: `${here}/${stray}`,
					what: `says nothing beside ${kind}: write it into each step`,
				};
			yield* shapeFaults((step[kind] ?? []) as readonly StepFile[], `${here}/${kind}`);
		}
	}
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
