import { scenarioProblem } from '../catalogue/scenario-file.ts';
import type { Resolve as LookUp } from '../delivery/guarded-lookup.ts';
import { type RefuseRemote, remoteRefusal } from '../delivery/remote-problem.ts';
import { Problem } from '../model/problem.ts';
import { within } from '../settings/engine-context.ts';
import { namesIn, type ResolveName } from './fill-names.ts';
import { NothingThere } from './names.ts';
import { type FireStep, placed, type Scenario } from './plan.ts';
import { type PreparedStep, prepareStep } from './prepare-step.ts';
import { type RunPorts, type RunShared, type ScenarioRunOptions, sharedBy } from './run-ports.ts';
import { beginScenario, namesOf, remember, type ScenarioRun } from './scenario-run.ts';
import { isCertain } from './step-target.ts';

/** Rehearses every scenario, and looks up each name once. @throws Problem with the step's place */
export async function rehearseAll(
	scenarios: readonly Scenario[],
	ports: RunPorts,
	options: ScenarioRunOptions,
	lookUp?: LookUp,
): Promise<URL[]> {
	const refuse = remoteRefusal(lookUp);
	return (
		await Promise.all(scenarios.map((scenario) => rehearse(scenario, ports, options, refuse)))
	).flat();
}

/**
 * Composes every step once without sending it: a mistake in the last step must not show after the
 * first went out. Of a step that asks what an earlier one was answered only the shape is certain;
 * its values are known when its time has come. Nor must a target, or a page, that is known to be
 * remote show after the first step.
 * @returns where the steps go, each host once
 * @throws Problem with the step's place
 */
async function rehearse(
	scenario: Scenario,
	ports: RunPorts,
	options: ScenarioRunOptions,
	refuse: RefuseRemote,
): Promise<URL[]> {
	const { composed: _, ...rest } = ports;
	// What stands in for an answer is nobody's secret.
	const quiet = { ...rest, context: within(ports.context, { learn: () => undefined }) };
	const run = begunOrRefused(scenario, sharedBy(quiet, options));
	const targets = new Map<string, URL>();
	for (const step of scenario.fires) {
		try {
			const { item, places, inForce } = await rehearseStep(step, run);
			const urls = places.filter(isCertain).map(({ url }) => url);
			await refuse(urls, inForce.allowRemote, options.signal);
			targets.set(item.request.url.host, item.request.url);
			remember(run, step, { request: item.values });
		} catch (error) {
			if (error instanceof Problem) throw placed(scenario.document, step.spot.pointer, error);
			if (!(error instanceof NothingThere)) throw error;
		}
	}
	return [...targets.values()];
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

/** What a receiver may answer: a mistake is one when none of these repairs it. */
const guesses = ['1', 'a', '1s', 'true', '1.00'];

/** @throws Problem; NothingThere where it hangs on what the receiver will answer */
export async function rehearseStep(step: FireStep, run: ScenarioRun): Promise<PreparedStep> {
	let first: unknown;
	for (const guess of guesses) {
		const guessing = guessingAt(namesOf(run), guess);
		try {
			return await prepareStep(step, 1, run, guessing.resolve);
		} catch (error) {
			if (!(error instanceof Problem) || !guessing.hasGuessed()) throw error;
			first ??= error;
		}
	}
	// A file that the receiver names is there, or not, when it has named it.
	throw (first as Problem).code === 'file-unreadable' && namesFile(step)
		? new NothingThere('the name of a file')
		: first;
}

function guessingAt(resolve: ResolveName, guess: string) {
	let hasGuessed = false;
	return {
		hasGuessed: () => hasGuessed,
		resolve: (name: string) => {
			try {
				return resolve(name);
			} catch (error) {
				if (!(error instanceof NothingThere)) throw error;
				hasGuessed = true;
				return guess;
			}
		},
	};
}

const namesFile = ({ file }: FireStep): boolean =>
	namesIn([file.body, file.rawBody]).some((name) => name.startsWith('steps.'));
