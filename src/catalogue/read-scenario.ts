import { schemaValidator, type Validator } from '../documents/schema-validator.ts';
import { problemsOf, type Violation, violationsIn } from '../documents/violation.ts';
import { readYaml } from '../documents/yaml-document.ts';
import { asOne } from '../model/faults.ts';
import type { ScenarioFile, StepFile } from '../model/scenario.ts';
import { ScenarioSchema } from '../model/scenario-schema.ts';
import { isObject, type Value } from '../model/value.ts';
import { type ScenarioDocument, scenarioProblem } from './scenario-file.ts';

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

const kinds = ['fire', 'call', 'pay', 'parallel', 'shuffle', 'steps'] as const;
/** What a step may say that sends no callback of its own. */
const ofShop = {
	call: new Set(['name', 'id', 'after', 'repeat', 'call', 'expect', 'probe', 'to', 'timeout']),
	pay: new Set(['name', 'id', 'after', 'repeat', 'pay', 'expect', 'probe']),
};
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
				what: 'fires nothing: it needs one of fire, call, pay, parallel, shuffle, steps',
			};
		else if (given.length > 1)
			yield { pointer: here, what: `is ${given.join(' and ')} at once: a step is one of them` };
		else if (kind === 'fire') {
			if (step.seed !== undefined) yield { pointer: `${here}/seed`, what: 'belongs to a shuffle' };
		} else if (kind === 'call' || kind === 'pay') {
			const stray = Object.keys(step).find((key) => !ofShop[kind].has(key));
			if (stray !== undefined)
				yield { pointer: `${here}/${stray}`, what: `says nothing beside ${kind}` };
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
