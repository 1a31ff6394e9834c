import { join } from 'node:path';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { readScenario } from '../catalogue/scenario-file.ts';
import { loadCatalogue } from '../engine/catalogue.ts';
import { learnSecrets, providersOf } from '../engine/composing.ts';
import type { EngineContext } from '../engine/engine-context.ts';
import { headerTexts } from '../engine/flag-texts.ts';
import { networkPorts } from '../engine/ports.ts';
import { readCheckSeed } from '../engine/read-check.ts';
import { readRunInstant } from '../engine/read-flags.ts';
import { readJobs } from '../engine/read-jobs.ts';
import { runId } from '../engine/run-id.ts';
import { Problem } from '../model/problem.ts';
import { jsonEvent } from '../report/json/run-event.ts';
import { checkScenario } from '../scenario/check-scenario.ts';
import { findScenarios, onlyThese, withOwnNames } from '../scenario/find-scenarios.ts';
import { planned, type Scenario } from '../scenario/plan.ts';
import { rehearseAll } from '../scenario/rehearse.ts';
import { runScenarios } from '../scenario/run-scenarios.ts';
import { defined, deliveryFlags, setupFlags, textOf } from './flags-of.ts';
import { givenAccess } from './given-access.ts';
import { keepingSecrets } from './keeping-secrets.ts';
import { libraryContext } from './library-context.ts';
import { runResult } from './run-result.ts';
import type { RunEvent, RunOptions, RunResult } from './types.ts';

/** A scenario as an object, of the same format as a file. */
export type ScenarioObject = { readonly name: string; readonly steps: readonly object[] } & Readonly<
	Record<string, unknown>
>;

/**
 * Tries scenarios with expectations.
 *
 * @param scenarios names (`bayarcash/payment`), files, folders, globs; or scenarios as objects
 * @returns a verdict on every step; steps that fail are results, no errors
 * @throws Problem for anything a caller can fix, before anything is sent; the signal's reason when it is aborted
 */
export async function run(
	scenarios: string | ScenarioObject | readonly (string | ScenarioObject)[],
	options: RunOptions,
): Promise<RunResult> {
	const { signal } = options;
	signal?.throwIfAborted();
	const context = libraryContext(options, signal);
	return keepingSecrets(context, () => ran(scenarios, options, context));
}

async function ran(
	scenarios: string | ScenarioObject | readonly (string | ScenarioObject)[],
	options: RunOptions,
	context: EngineContext,
): Promise<RunResult> {
	const { signal, onEvent, probe, setup } = options;
	const commandContext = setupFlags(options);
	const catalogue = await loadCatalogue(commandContext, context);
	const all = await foundAll([scenarios].flat() as readonly (string | ScenarioObject)[], catalogue, context.cwd);
	const chosen = onlyThese(all, options.only ?? []);
	const flags = {
		...defined({ header: headerTexts(options.headers) }),
		...commandContext,
		...deliveryFlags(options, options.speed),
	};
	const events = chosen.flatMap(({ fires }) => fires.map(({ event }) => event));
	const now = context.clock.now();
	const seed = readCheckSeed(defined({ seed: textOf(options.seed) }), context);
	const settings = {
		flags,
		// A scenario's own speed is stronger.
		defaultsFor: () => ({ speed: 'max' }),
		inPlay: providersOf(events),
		...defined({ probe: givenAccess(probe), setup: givenAccess(setup) }),
	};
	const runOptions = {
		run: runId(now, context.random),
		seed,
		now: readRunInstant(instantFlags(options), context),
		settings,
		bail: options.bail === true,
		jobs: readJobs(textOf(options.jobs)),
		signal: context.interruption(),
	};
	const network = networkPorts(context);
	const ports = {
		context,
		clock: context.clock,
		attemptWith: network.attemptWith,
		shopWith: network.shopWith,
	};
	for (const scenario of chosen)
		checkScenario(scenario, { env: context.env, hasReceiver: false, canProbe: probe !== undefined });
	await rehearseAll(chosen, ports, runOptions);
	learnSecrets(events, flags, context);
	const told: RunEvent[] = [];
	for await (const event of runScenarios(chosen, ports, runOptions)) {
		const shown = jsonEvent(event, context.mask);
		if (shown.type === 'step' || shown.type.startsWith('scenario') || shown.type === 'summary') told.push(shown);
		onEvent?.(shown);
	}
	signal?.throwIfAborted();
	return runResult(told, Number(seed));
}

async function foundAll(
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
			const document = readScenario(name, JSON.stringify(one, null, 2), join(cwd, name));
			found.push(planned(one.name, document, catalogue));
		}
	}
	if (found.length === 0)
		throw new Problem('scenario-unknown', 'no scenario is named', { hint: 'Give a name, a file or an object.' });
	return withOwnNames(found);
}

function instantFlags({ seed, now }: RunOptions) {
	return defined({ seed: textOf(seed), now: now instanceof Date ? now.toISOString() : now });
}
