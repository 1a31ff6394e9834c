import { providersOf } from '../engine/composing.ts';
import type { DeliveryFlags, ReportFlags } from '../engine/flags.ts';
import { readCheckSeed } from '../engine/read-check.ts';
import { readRunInstant } from '../engine/read-flags.ts';
import { readJobs } from '../engine/read-jobs.ts';
import { runId } from '../engine/run-id.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent } from '../model/provider.ts';
import { accessOf, type OrderAccess } from '../order/access.ts';
import { settingsBeside } from '../project/in-force.ts';
import type { Project } from '../project/project.ts';
import type { Scenario } from '../scenario/plan.ts';
import type { RunOptions } from '../scenario/run-ports.ts';
import type { CliContext } from './cli-context.ts';

export interface RunFlags extends DeliveryFlags, ReportFlags {
	readonly only?: readonly string[];
	readonly jobs?: string;
	readonly exec?: string;
	readonly probeUrl?: string;
	readonly probeCommand?: string;
	readonly setupUrl?: string;
	readonly setupCommand?: string;
}

/** What is said of a run: by flags, environment and project file. @throws Problem */
export function optionsFor(
	scenarios: readonly Scenario[],
	flags: RunFlags,
	{ context, project }: { context: CliContext; project: Project },
): RunOptions {
	const events = scenarios.flatMap(({ fires }) => fires.map(({ event }) => event));
	const now = context.clock.now();
	const beside = new Map<CallbackEvent, DeliveryFlags>();
	return {
		run: runId(now, context.random),
		seed: readCheckSeed(flags, context),
		now: readRunInstant(flags, context),
		settings: {
			flags: deliverySaid(flags),
			defaultsFor: (event) => {
				// The project file is asked once an event, not once a step.
				const known = beside.get(event) ?? settingsBeside(project, event, context);
				beside.set(event, known);
				return known;
			},
			probe: lookFor('probe', flags.probeUrl, flags.probeCommand, project),
			setup: lookFor('setup', flags.setupUrl, flags.setupCommand, project),
			inPlay: providersOf(events),
		},
		bail: flags.bail === true,
		jobs: readJobs(flags.jobs),
		signal: context.interruption(),
	};
}

/** What the command line says of every delivery; the rest is about the run. */
function deliverySaid(flags: RunFlags): DeliveryFlags {
	const ofTheRun = new Set([
		...['waitFor', 'only', 'jobs', 'exec', 'report', 'seed', 'now', 'bail', 'json', 'color', 'input'],
		...['probeUrl', 'probeCommand', 'setupUrl', 'setupCommand'],
	]);
	return Object.fromEntries(Object.entries(flags).filter(([name]) => !ofTheRun.has(name)));
}

/** How orders are read, or made: flags over the project file. @throws Problem `option-conflict` */
function lookFor(
	what: 'probe' | 'setup',
	url: string | undefined,
	command: string | undefined,
	project: Project,
): OrderAccess | undefined {
	if (url !== undefined && command !== undefined)
		throw new Problem('option-conflict', `--${what}-url and --${what}-command contradict each other`, {
			hint: 'Keep one of them.',
		});
	const said = url === undefined && command === undefined ? (project.value[what] ?? {}) : { url, command };
	return accessOf(said);
}

/** What repeats the run: its seed, and its instant where that is not the seed's own. */
export function againText({ seed, now }: RunOptions, flags: RunFlags): string {
	const isSeeds = flags.seed !== undefined && flags.now === undefined;
	return `--seed ${seed}${isSeeds ? '' : ` --now ${new Date(now).toISOString().replace('.000', '')}`}`;
}
