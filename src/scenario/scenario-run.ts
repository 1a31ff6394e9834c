import { Room } from '../model/room.ts';
import type { ValueObject } from '../model/value.ts';
import type { MadeOrder } from '../order/make-order.ts';
import { filled, namesIn, type ResolveName } from './fill-names.ts';
import { type NameSources, resolver, type StepMemory } from './names.ts';
import { at, type Scenario, type TriedStep } from './plan.ts';
import type { RunShared } from './run-ports.ts';

/** One scenario while it is tried. */
export interface ScenarioRun {
	readonly scenario: Scenario;
	readonly shared: RunShared;
	readonly vars: ValueObject;
	readonly memory: Map<string, StepMemory>;
	/** Steps that later ones ask about; what the others left behind is not kept. */
	readonly asked: ReadonlySet<string>;
	/** What came of the orders that are made, by the reference that the scenario gives them. */
	readonly made: Map<string, Promise<MadeOrder>>;
	/** The reference of an order as its shop names it, where that is another. */
	readonly named: Map<string, string>;
	/** Whether a step failed. */
	failed: boolean;
}

/** Provider milliseconds since the start of the scenario; each branch has a clock of its own. */
export interface ProviderClock {
	ms: number;
}

/** The scenario with its variables made. @throws Problem `scenario-invalid`, NothingThere */
export function beginScenario(scenario: Scenario, shared: RunShared): ScenarioRun {
	const vars = Object.create(null) as Record<string, ValueObject[string]>;
	const memory = new Map<string, StepMemory>();
	const resolve = namesOf({ vars, memory, shared });
	const room = new Room();
	for (const [name, value] of Object.entries((scenario.document.value.vars ?? {}) as ValueObject))
		vars[name] = at(scenario.document, `/vars/${name}`, () => filled(value, resolve, room));
	return {
		scenario,
		shared,
		vars,
		memory,
		asked: askedIn(scenario),
		made: new Map(),
		named: new Map(),
		failed: false,
	};
}

/** Names for one step, or the variables: `${seq}` is one number throughout, then the next. */
export function namesOf({
	vars,
	memory,
	shared,
}: Pick<ScenarioRun, 'vars' | 'memory' | 'shared'>): ResolveName {
	let number: number | undefined;
	const known: NameSources = {
		env: shared.ports.context.env,
		run: shared.options.run,
		vars,
		steps: memory,
		seq: () => {
			number ??= shared.seq.next();
			return number;
		},
	};
	return resolver(known);
}

export function remember(run: ScenarioRun, { number, file }: TriedStep, memory: StepMemory): void {
	for (const name of [String(number), file.id])
		if (name !== undefined && run.asked.has(name)) run.memory.set(name, memory);
}

function askedIn({ document }: Scenario): ReadonlySet<string> {
	return new Set(
		namesIn(document.value).flatMap((name) => {
			const [root, step] = name.split('.');
			return root === 'steps' && step !== undefined ? [step] : [];
		}),
	);
}
