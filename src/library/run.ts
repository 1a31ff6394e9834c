import { join } from 'node:path';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { headersFrom } from '../compose/headers.ts';
import { loadCatalogue } from '../engine/catalogue.ts';
import { prepareRun, runPrepared, runSetup } from '../engine/run.ts';
import { countOf, mostJobs } from '../model/number-settings.ts';
import { Problem } from '../model/problem.ts';
import { programWords } from '../model/words.ts';
import { jsonEvent } from '../report/json/event-json.ts';
import { findScenarios, onlyThese, withOwnNames } from '../scenario/find-scenarios.ts';
import { providersIn, targetIn } from '../scenario/named-in.ts';
import { planned, type Scenario } from '../scenario/plan.ts';
import { learnSecrets } from '../settings/composing.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { besideSandbox } from './beside-sandbox.ts';
import { givenAccess } from './given-access.ts';
import { inContext } from './in-context.ts';
import { runResult } from './run-result.ts';
import { deliverySettings, instantOf, seedOf, setupSettings } from './settings-of.ts';
import type { RunEvent, RunOptions, RunResult } from './types.ts';

/** A scenario as an object, of the same format as a file. */
export type ScenarioObject = {
	readonly name: string;
	readonly steps: readonly object[];
} & Readonly<Record<string, unknown>>;

/**
 * Tries scenarios with expectations.
 * @param scenarios names (`bayarcash/payment`), files, folders, globs; or scenarios as objects
 * @returns a verdict on every step; steps that fail are results, no errors
 * @throws Problem for anything a caller can fix, before anything is sent; the signal's reason when
 * it is aborted
 */
export async function run(
	scenarios: string | ScenarioObject | readonly (string | ScenarioObject)[],
	options: RunOptions,
): Promise<RunResult> {
	return inContext(options, (context) => runAll(scenarios, options, context));
}

async function runAll(
	scenarios: string | ScenarioObject | readonly (string | ScenarioObject)[],
	options: RunOptions,
	context: EngineContext,
): Promise<RunResult> {
	const { onEvent } = options;
	const catalogue = await loadCatalogue(options, context);
	const all = await findAll(
		[scenarios].flat() as readonly (string | ScenarioObject)[],
		catalogue,
		context.cwd,
	);
	const chosen = onlyThese(all, options.only ?? []);
	const said = {
		headers: headersFrom(options.headers),
		...setupSettings(options),
		...deliverySettings(options),
	};
	const events = chosen.flatMap(({ fires }) => fires.map(({ event }) => event));
	const providers = providersIn(chosen).map(({ id }) => id);
	const paced = { speed: Number.POSITIVE_INFINITY, to: targetIn(chosen), ...said };
	return besideSandbox(options, providers, paced, catalogue, context, async (...given) => {
		const [beside, print, payments] = given;
		const request = {
			scenarios: chosen,
			settings: said,
			// A scenario's own speed is stronger.
			defaultsFor: () => ({ speed: Number.POSITIVE_INFINITY }),
			seed: seedOf(options.seed),
			now: instantOf(options.now),
			bail: options.bail === true,
			jobs: countOf(options.jobs ?? 1, 'jobs', mostJobs),
			probe: givenAccess(options.probe, 'probe'),
			setup: givenAccess(options.setup, 'setup'),
			hasReceiver: false,
			payments,
		};
		const { ports, options: runOptions } = runSetup(request, { print, say: programWords }, beside);
		const prepared = await prepareRun(request, ports, runOptions);
		learnSecrets(events, said, context);
		const there = { process: undefined, close: async () => undefined };
		const told: RunEvent[] = [];
		for await (const event of runPrepared(prepared, async () => there)) {
			const shown = jsonEvent(event, context.mask);
			if (shown.type === 'step' || shown.type.startsWith('scenario') || shown.type === 'summary')
				told.push(shown);
			onEvent?.(shown);
		}
		return runResult(told, Number(runOptions.seed));
	});
}

async function findAll(
	given: readonly (string | ScenarioObject)[],
	catalogue: Catalogue,
	cwd: string,
): Promise<Scenario[]> {
	const found: Scenario[] = [];
	for (const [at, one] of given.entries()) {
		if (typeof one === 'string') found.push(...(await findScenarios([one], catalogue, cwd)));
		else {
			// As if it stood in the working directory.
			const name = `scenario ${at + 1}`;
			const { readScenario } = await import('../catalogue/read-scenario.ts');
			const document = readScenario(name, JSON.stringify(one, null, 2), join(cwd, name));
			found.push(planned(one.name, document, catalogue));
		}
	}
	if (found.length === 0)
		throw new Problem('scenario-unknown', 'no scenario is named', {
			hint: 'Give a name, a file or an object.',
		});
	return withOwnNames(found);
}
