import { runId } from '../engine/run-id.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { Settings } from '../model/settings.ts';
import type { OrderAccess } from '../order/access.ts';
import { accessInForce } from '../project/check-settings.ts';
import { settingsBeside } from '../project/in-force.ts';
import type { Project } from '../project/project.ts';
import type { Scenario } from '../scenario/plan.ts';
import type { RunOptions } from '../scenario/run-ports.ts';
import { providersOf } from '../settings/composing.ts';
import { runInstant, runSeed } from '../settings/shaping.ts';
import type { CliContext } from './cli-context.ts';
import type { readRunFlags } from './options/run-flags.ts';

/** What is said of a run: by flags, environment and project file. @throws Problem */
export function optionsFor(
	scenarios: readonly Scenario[],
	said: ReturnType<typeof readRunFlags>,
	shop: { readonly probe: OrderAccess | undefined; readonly setup: OrderAccess | undefined },
	{ context, project }: { context: CliContext; project: Project },
): RunOptions {
	const events = scenarios.flatMap(({ fires }) => fires.map(({ event }) => event));
	const beside = new Map<CallbackEvent, Settings>();
	return {
		run: runId(context.clock.now(), context.random),
		seed: runSeed(said, context),
		now: runInstant(said, context),
		settings: {
			settings: said.settings,
			defaultsFor: (event) => {
				// The project file is asked once an event, not once a step.
				const known = beside.get(event) ?? settingsBeside(project, event, context, said.settings);
				beside.set(event, known);
				return known;
			},
			probe: shop.probe ?? accessInForce(project, 'probe'),
			setup: shop.setup ?? accessInForce(project, 'setup'),
			inPlay: providersOf(events),
		},
		bail: said.bail,
		jobs: said.jobs,
		signal: context.interruption(),
	};
}
