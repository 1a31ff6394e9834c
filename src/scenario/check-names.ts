import { scenarioProblem } from '../catalogue/scenario-file.ts';
import type { Problem } from '../model/problem.ts';
import type { Value, ValueObject } from '../model/value.ts';
import { hasOpenName, namesIn } from './fill-names.ts';
import { type Namespace, nameFault } from './names.ts';
import { isGroup, type Scenario, type ScenarioStep, type TriedStep } from './plan.ts';

type Env = Namespace['env'];

/** What a step is called is no place for names. */
const withoutNames = new Set(['name', 'id', 'fire']);

/** Names that stand for nothing where they are used. */
export function* nameFaults(scenario: Scenario, env: Env): Generator<Problem, void> {
	const { steps: _, vars = {}, name: __, ...whole } = scenario.document.value;
	const all = vars as ValueObject;
	const before: Record<string, Value> = Object.create(null);
	for (const [name, value] of Object.entries(all)) {
		yield* faultsIn(value, `/vars/${name}`, { vars: before, steps: [], env }, scenario);
		before[name] = value;
	}
	for (const [key, value] of Object.entries(whole))
		yield* faultsIn(value, `/${key}`, { vars: all, steps: [], env }, scenario);
	yield* walked(scenario.steps, scenario.unknown, all, env, scenario);
}

/** @returns what later steps may ask: those at one time, or in no order, cannot ask each other */
function* walked(
	steps: readonly ScenarioStep[],
	known: readonly string[],
	vars: ValueObject,
	env: Env,
	scenario: Scenario,
): Generator<Problem, string[]> {
	const own: string[] = [];
	for (const step of steps)
		own.push(...(yield* walkedStep(step, [...known, ...own], vars, env, scenario)));
	return own;
}

function* walkedStep(
	step: ScenarioStep,
	known: readonly string[],
	vars: ValueObject,
	env: Env,
	scenario: Scenario,
): Generator<Problem, string[]> {
	if (!isGroup(step)) {
		for (const [key, value] of Object.entries(step.file))
			if (!withoutNames.has(key))
				yield* faultsIn(
					value,
					`${step.spot.pointer}/${key}`,
					{ vars, steps: known, env },
					scenario,
				);
		return calledBy(step);
	}
	if (step.kind === 'steps') return yield* walked(step.steps, known, vars, env, scenario);
	const names: string[] = [];
	for (const inner of step.steps)
		names.push(...(yield* walkedStep(inner, known, vars, env, scenario)));
	return names;
}

const calledBy = ({ number, file }: TriedStep): string[] => [
	String(number),
	...(file.id === undefined ? [] : [file.id]),
];

function* faultsIn(
	value: unknown,
	pointer: string,
	namespace: Namespace,
	{ document }: Scenario,
): Generator<Problem, void> {
	for (const name of namesIn(value)) {
		const what = nameFault(name, namespace);
		if (what !== undefined) yield scenarioProblem(document, pointer, what);
	}
	if (hasOpenName(value))
		yield scenarioProblem(
			document,
			pointer,
			'has a "${" that no "}" closes',
			'Write $${ for one that is meant as it is.',
		);
}
