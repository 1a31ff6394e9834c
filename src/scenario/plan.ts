import { dirname } from 'node:path';
import { type Catalogue, findEvent } from '../catalogue/catalogue.ts';
import {
	eventId,
	innerSteps,
	type ScenarioDocument,
	scenarioProblem,
} from '../catalogue/scenario-file.ts';
import { knownProvider } from '../catalogue/scenario-provider.ts';
import { faultsOf } from '../model/faults.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent, ProviderFile } from '../model/provider.ts';
import type { ProbeFile, StepFile } from '../model/scenario.ts';
import type { Settings } from '../model/settings.ts';
import { fileWords, type Say } from '../model/words.ts';
import type { OrderAccess } from '../order/access.ts';
import { probesOf } from './step-probes.ts';

/** Where a step stands in its file. */
export interface Spot {
	/** JSON pointer. */
	readonly pointer: string;
	readonly line: number;
}

/** One delivery of a scenario and what is expected of it. Names are not filled in yet. */
export interface FireStep {
	readonly kind: 'fire';
	/** From 1, in the order in which the steps are written; `repeat` counts beside it. */
	readonly number: number;
	readonly event: CallbackEvent;
	readonly file: StepFile;
	readonly probes: readonly ProbeFile[];
	readonly spot: Spot;
}

export interface GroupStep {
	readonly kind: 'parallel' | 'shuffle' | 'steps';
	readonly file: StepFile;
	readonly steps: readonly ScenarioStep[];
	readonly spot: Spot;
}

/** The customer's part: a page of the shop is asked for, a payment of the sandbox is decided. */
export interface ShopStep {
	readonly kind: 'call' | 'pay';
	readonly number: number;
	/** In place of an event: `call POST /buy`, `pay success`. */
	readonly event: { readonly id: string };
	readonly file: StepFile;
	readonly probes: readonly ProbeFile[];
	readonly spot: Spot;
}

/** What is judged, and told as a step. */
export type TriedStep = FireStep | ShopStep;
export type ScenarioStep = TriedStep | GroupStep;

export const isGroup = (step: ScenarioStep): step is GroupStep => 'steps' in step;

/** A scenario with its events found, ready to be tried. */
export interface Scenario {
	/** `bayarcash/payment` of a shipped one, else its `name`; what reports call it. */
	readonly id: string;
	readonly document: ScenarioDocument;
	readonly steps: readonly ScenarioStep[];
	readonly fires: readonly FireStep[];
	/** Those and the customer's, as they are written. */
	readonly tried: readonly TriedStep[];
	/** Whose settings hold for what no event stands for: the first that is fired, or could be. */
	readonly example: CallbackEvent | undefined;
	/** Ids and numbers of steps whose event is unknown. */
	readonly unknown: readonly string[];
	/** What is wrong with it so far: nothing is tried where there is anything. */
	readonly faults: readonly Problem[];
}

/** What is in force where neither a step nor the command line says it. */
export interface RunSettings {
	/** The command line's, or a program's. */
	readonly settings: Settings;
	/** The project file's, for an event. */
	defaultsFor(event: CallbackEvent): Settings;
	/** How state is read where no step or scenario says it: command line, project file. */
	readonly probe?: OrderAccess | undefined;
	/** How an order is made, for scenarios with a `setup` that do not say it. */
	readonly setup?: OrderAccess | undefined;
	/** The providers of the run, among which a credential must be clear. */
	readonly inPlay: readonly ProviderFile[];
}

/**
 * The scenario with its events; faults are `scenario-invalid`, `event-unknown`, `provider-unknown`,
 * each with file, line and column.
 */
export function planned(id: string, document: ScenarioDocument, catalogue: Catalogue): Scenario {
	const { provider, probe, steps, shuffle } = document.value;
	const fires: FireStep[] = [];
	const tried: TriedStep[] = [];
	const unknown: string[] = [];
	const faults: Problem[] = [...document.faults];
	let number = 0;
	const found = <T>(work: () => T): T | undefined => {
		let result: T | undefined;
		faults.push(
			...faultsOf(() => {
				result = work();
			}),
		);
		return result;
	};
	found(() => knownProvider(document, catalogue));
	// Told of once, and not for each step.
	const isToldOf = (id: string) =>
		id.startsWith(`${provider}/`) && !catalogue.providers.some((known) => known.id === provider);
	const probesIn = (file: StepFile, pointer: string) =>
		probesOf(file, probe, (more, what) =>
			scenarioProblem(document, `${pointer}/probe${more}`, what),
		);
	const plan = (file: StepFile, pointer: string): ScenarioStep => {
		const spot = { pointer, line: document.place(pointer).line };
		if (file.call !== undefined || file.pay !== undefined) {
			const step: ShopStep = {
				kind: file.call === undefined ? 'pay' : 'call',
				number: ++number,
				event: { id: shopWords(file) },
				...{ file, spot, probes: found(() => probesIn(file, pointer)) ?? [] },
			};
			tried.push(step);
			return step;
		}
		if (file.fire === undefined) {
			const isGiven = (kind: GroupStep['kind']) => file[kind] !== undefined;
			const kind = (['parallel', 'shuffle'] as const).find(isGiven) ?? 'steps';
			const inner = innerSteps(file).map((step, at) => plan(step, `${pointer}/${kind}/${at}`));
			return { kind, file, spot, steps: inner };
		}
		number++;
		const wanted = eventId(file.fire, provider);
		const event = isToldOf(wanted)
			? undefined
			: found(() => at(document, `${pointer}/fire`, () => findEvent(catalogue, wanted)));
		const probes = found(() => probesIn(file, pointer));
		if (event === undefined) {
			unknown.push(String(number), ...(file.id === undefined ? [] : [file.id]));
			return { kind: 'steps', file, spot, steps: [] };
		}
		const step: FireStep = { kind: 'fire', number, event, file, probes: probes ?? [], spot };
		fires.push(step);
		tried.push(step);
		return step;
	};
	const all = (steps as readonly StepFile[]).map((step, number) => plan(step, `/steps/${number}`));
	const example =
		fires[0]?.event ?? catalogue.events.find((event) => event.provider.id === provider);
	const rest = { id, document, fires, tried, example, unknown, faults };
	if (shuffle === undefined || shuffle === false) return { ...rest, steps: all };
	// A number may have been kept as it is written.
	const seed = shuffle === true ? {} : { seed: Number(shuffle) };
	const spot = { pointer: '/shuffle', line: document.place('/shuffle').line };
	return {
		...rest,
		steps: [{ kind: 'shuffle', file: seed as StepFile, spot, steps: all }],
	};
}

/** As it is told where an event would be: without what could rewrite a screen. */
function shopWords({ call, pay }: StepFile): string {
	if (pay !== undefined) return `pay ${typeof pay === 'string' ? pay : pay.outcome}`;
	return `call ${call === undefined ? '' : `${methodOf(call)} ${call.path}`}`;
}

/** A browser that sends something posts it. */
export const methodOf = ({ method, body, form }: NonNullable<StepFile['call']>): string =>
	(method ?? (body === undefined && form === undefined ? 'GET' : 'POST')).toUpperCase();

/** A problem of a part of a scenario, told with its place. */
export function at<T>(document: ScenarioDocument, pointer: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw error instanceof Problem ? placed(document, pointer, error) : error;
	}
}

export function placed(document: ScenarioDocument, pointer: string, problem: Problem): Problem {
	// The place names the key already: after "soon", not after after "soon".
	const key = `${pointer.split('/').at(-1)} `;
	const told = problem.in(fileWords);
	const what = told.message.startsWith(`${key}"`) ? told.message.slice(key.length) : told.message;
	// An event is found, or not, whatever the key is called.
	const about = pointer.replace(/\/fire$/, '');
	const { message, place } = scenarioProblem(document, pointer, what, '', about);
	// Where it goes is said by whoever starts the run: a shipped file cannot be changed.
	const hint =
		problem.code === 'target-missing' ? (say: Say) => problem.in(say).hint ?? '' : told.hint;
	return new Problem(problem.code, message, { hint, place, cause: problem });
}

/** The folder of a scenario's file, for `@file`. */
export const folderOf = ({ document }: Pick<Scenario, 'document'>): string =>
	dirname(document.path);
