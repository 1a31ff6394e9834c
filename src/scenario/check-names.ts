import { scenarioProblem } from '../catalogue/scenario-file.ts';
import type { ValueObject } from '../model/value.ts';
import { hasOpenName, namesIn } from './fill-names.ts';
import { type Namespace, nameFault } from './names.ts';
import type { FireStep, Scenario, ScenarioStep } from './plan.ts';

type Env = Namespace['env'];

/** What a step is called is no place for names. */
const withoutNames = new Set(['name', 'id', 'fire']);

/** Every name stands for something where it is used. @throws Problem `scenario-invalid` */
export function checkNames(scenario: Scenario, env: Env): void {
	const { steps: _, vars = {}, name: __, ...whole } = scenario.document.value;
	const all = vars as ValueObject;
	const names = Object.keys(all);
	for (const [at, name] of names.entries()) {
		const before = Object.fromEntries(
			names.slice(0, at).map((earlier) => [earlier, all[earlier] ?? null]),
		);
		refuse(all[name], `/vars/${name}`, { vars: before, steps: [], env }, scenario);
	}
	for (const [key, value] of Object.entries(whole))
		refuse(value, `/${key}`, { vars: all, steps: [], env }, scenario);
	walked(scenario.steps, [], all, env, scenario);
}

/** @returns what later steps may ask: those at one time, or in no order, cannot ask each other */
function walked(
	steps: readonly ScenarioStep[],
	known: readonly string[],
	vars: ValueObject,
	env: Env,
	scenario: Scenario,
): string[] {
	const own: string[] = [];
	for (const step of steps) own.push(...walkedStep(step, [...known, ...own], vars, env, scenario));
	return own;
}

function walkedStep(
	step: ScenarioStep,
	known: readonly string[],
	vars: ValueObject,
	env: Env,
	scenario: Scenario,
): string[] {
	if (step.kind === 'fire') {
		for (const [key, value] of Object.entries(step.file))
			if (!withoutNames.has(key))
				refuse(value, `${step.spot.pointer}/${key}`, { vars, steps: known, env }, scenario);
		return calledBy(step);
	}
	if (step.kind === 'steps') return walked(step.steps, known, vars, env, scenario);
	return step.steps.flatMap((inner) => walkedStep(inner, known, vars, env, scenario));
}

const calledBy = ({ number, file }: FireStep): string[] => [
	String(number),
	...(file.id === undefined ? [] : [file.id]),
];

function refuse(
	value: unknown,
	pointer: string,
	namespace: Namespace,
	{ document }: Scenario,
): void {
	for (const name of namesIn(value)) {
		const what = nameFault(name, namespace);
		if (what !== undefined) throw scenarioProblem(document, pointer, what);
	}
	if (hasOpenName(value))
		throw scenarioProblem(
			document,
			pointer,
			'has a "${" that no "}" closes',
			'Write $${ for one that is meant as it is.',
		);
}
