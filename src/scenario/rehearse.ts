import { scenarioProblem, toldPointer } from '../catalogue/scenario-file.ts';
import type { LookUp } from '../delivery/guarded-lookup.ts';
import type { Destination } from '../delivery/reach.ts';
import { type RefuseRemote, remoteRefusal } from '../delivery/remote-problem.ts';
import { asOne, faultsOf } from '../model/faults.ts';
import { Problem } from '../model/problem.ts';
import type { ValueObject } from '../model/value.ts';
import type { DeliveryInForce } from '../settings/delivery-in-force.ts';
import { within } from '../settings/engine-context.ts';
import { mostFaults } from './check-scenario.ts';
import { namesIn } from './fill-names.ts';
import { guessAt } from './guess-names.ts';
import { NothingThere } from './names.ts';
import { type FireStep, placed, type Scenario, type TriedStep } from './plan.ts';
import { prepareShopStep } from './prepare-shop-step.ts';
import { type PreparedStep, prepareStep } from './prepare-step.ts';
import { type RunPorts, type RunShared, type ScenarioRunOptions, sharedBy } from './run-ports.ts';
import { beginScenario, remember, type ScenarioRun } from './scenario-run.ts';
import { isCertain, type StepTarget } from './step-target.ts';

/** Rehearses every scenario, and looks up each name once. @throws Problem with the step's place */
export async function rehearseAll(
	scenarios: readonly Scenario[],
	ports: RunPorts,
	options: ScenarioRunOptions,
	faults: readonly (readonly Problem[])[] = [],
	lookUp?: LookUp,
): Promise<Destination[]> {
	const refuse = remoteRefusal(lookUp);
	const all = scenarios.map(async (scenario, at) => {
		const found = [...(faults[at] ?? [])];
		const urls = await rehearse(scenario, ports, options, refuse, found);
		if (found.length > 0) throw asOne(found);
		return urls;
	});
	return (await Promise.all(all)).flat();
}

/**
 * Composes every step once without sending it: a mistake in the last step must not show after the
 * first went out. Of a step that asks what an earlier one was answered only the shape is certain;
 * its values are known when its time has come. Nor must a target, or a page, that is known to be
 * remote show after the first step.
 * @param faults what is wrong with its steps is added; what is known to be wrong is not composed
 * @returns where the steps go, each host once
 */
async function rehearse(
	given: Scenario,
	ports: RunPorts,
	options: ScenarioRunOptions,
	refuse: RefuseRemote,
	faults: Problem[],
): Promise<Destination[]> {
	const sound = withoutKeys(given.document.value, keysIn(faults, ''));
	if (sound === undefined) return [];
	const scenario = { ...given, document: { ...given.document, value: sound } };
	const { composed: _, ...rest } = ports;
	// What stands in for an answer is nobody's secret.
	const quiet = { ...rest, context: within(ports.context, { learn: () => undefined }) };
	const shared = sharedBy(quiet, options);
	const vars = [...faultsOf(() => begunOrRefused(scenario, shared))];
	faults.push(...vars);
	if (vars.length > 0) return [];
	const run = begunOrRefused(scenario, shared);
	const targets = new Map<string, Destination>();
	const told = new Set<string>();
	for (const step of scenario.tried) {
		if (faults.length >= mostFaults) break;
		const file = withoutKeys(step.file, keysIn(faults, toldPointer(step.spot.pointer)));
		if (file === undefined) continue;
		try {
			const { places, inForce, url, values } = await rehearseTried({ ...step, file }, run);
			const urls = places.filter(isCertain).map((place) => place.url);
			await refuse(urls, inForce.reach, options.signal);
			if (url !== undefined) targets.set(url.host, { url, reach: inForce.reach });
			remember(run, step, { request: values });
		} catch (error) {
			if (error instanceof NothingThere) continue;
			if (!(error instanceof Problem)) throw error;
			if (isNew(error, step, told))
				faults.push(placed(scenario.document, step.spot.pointer, error));
			told.add(error.message);
		}
	}
	return [...targets.values()];
}

interface Rehearsed {
	readonly places: readonly StepTarget[];
	readonly inForce: DeliveryInForce;
	/** Where it goes, where that is known by now. */
	readonly url: URL | undefined;
	readonly values?: ValueObject | undefined;
}

async function rehearseTried(step: TriedStep, run: ScenarioRun): Promise<Rehearsed> {
	if (step.kind === 'fire') {
		const { places, inForce, item } = await rehearseStep(step, run);
		return { places, inForce, url: item.request.url, values: item.values };
	}
	const prepared = await guessAt(run, (resolve) => prepareShopStep(step, run, resolve));
	const [place] = prepared.places;
	const probes = prepared.probesOf(anOrder).flatMap(({ page }) => page ?? []);
	return {
		places: [...prepared.places, ...probes],
		inForce: prepared.inForce,
		// A whole URL is a page of somebody else's.
		url: URL.canParse(step.file.call?.path ?? '') ? undefined : certain(place),
	};
}

const certain = (place: StepTarget | undefined): URL | undefined =>
	place !== undefined && isCertain(place) ? place.url : undefined;

const anOrder = { reference: '1', amount: '1' };

/** The keys of a step, or of the whole scenario, that something is wrong with. */
function keysIn(faults: readonly Problem[], step: string): string[] {
	const where = step === '' ? '' : `${step} `;
	return faults.flatMap(({ message }) => {
		const [, told = ''] = /^.*?:\d+:\d+: (.*)$/s.exec(message) ?? [];
		if (!told.startsWith(where) || (step === '' && told.startsWith('step '))) return [];
		return [/^\w*/.exec(told.slice(where.length))?.[0] ?? ''];
	});
}

/** Without these nobody knows what is sent where. */
const essential = new Set([
	'',
	'fire',
	'call',
	'pay',
	'steps',
	'provider',
	'vars',
	'setup',
	'to',
	'returnTo',
]);

/** What else is wrong is found without what is known to be; undefined where too little is left. */
function withoutKeys<T extends object>(file: T, keys: readonly string[]): T | undefined {
	if (keys.some((key) => essential.has(key))) return undefined;
	return Object.fromEntries(Object.entries(file).filter(([key]) => !keys.includes(key))) as T;
}

/** What is said of the whole scenario, or of the run, is wrong once and not in every step. */
function isNew({ message }: Problem, { file }: TriedStep, told: ReadonlySet<string>): boolean {
	const [, typed] = /"([^"]+)"/.exec(message) ?? [];
	return !told.has(message) || (typed !== undefined && JSON.stringify(file).includes(typed));
}

/** @throws Problem where a variable leads to nothing */
function begunOrRefused(scenario: Scenario, shared: RunShared): ScenarioRun {
	try {
		return beginScenario(scenario, shared);
	} catch (error) {
		throw error instanceof NothingThere
			? scenarioProblem(scenario.document, '/vars', error.message)
			: error;
	}
}

/** @throws Problem; NothingThere where it hangs on what the receiver will answer */
export async function rehearseStep(step: FireStep, run: ScenarioRun): Promise<PreparedStep> {
	try {
		return await guessAt(run, (resolve) => prepareStep(step, 1, run, resolve));
	} catch (error) {
		// A file that the receiver names is there, or not, when it has named it.
		throw error instanceof Problem && error.code === 'file-unreadable' && namesFile(step)
			? new NothingThere('the name of a file')
			: error;
	}
}

const namesFile = ({ file }: FireStep): boolean =>
	namesIn([file.body, file.rawBody]).some((name) => name.startsWith('steps.'));
