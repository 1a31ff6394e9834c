import { secretsOf } from '../engine/composing.ts';
import type { DeliveryFlags, ReportFlags } from '../engine/flags.ts';
import { networkPorts } from '../engine/ports.ts';
import { readCheckSeed } from '../engine/read-check.ts';
import { runId } from '../engine/run-id.ts';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { settingsBeside } from '../project/in-force.ts';
import type { Project } from '../project/project.ts';
import { maskOf } from '../report/mask.ts';
import { checkScenario } from '../scenario/check-scenario.ts';
import { findScenarios, onlyThese } from '../scenario/find-scenarios.ts';
import type { Scenario } from '../scenario/plan.ts';
import { rehearse } from '../scenario/rehearse.ts';
import type { RunOptions } from '../scenario/run-ports.ts';
import { runScenarios } from '../scenario/run-scenarios.ts';
import { countdownOf } from './countdown.ts';
import { readJobs } from './read-jobs.ts';
import { receiverFor } from './receiver-for.ts';
import { withReports } from './reports.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';
import { tellRun } from './tell-run.ts';
import type { World } from './world.ts';

export interface RunFlags extends DeliveryFlags, ReportFlags {
	readonly only?: readonly string[];
	readonly jobs?: string;
	readonly exec?: string;
	readonly probeUrl?: string;
	readonly probeCommand?: string;
}

/** Scenarios with expectations: names, files, folders, globs; or what the project file names. */
export async function runCommand(given: readonly string[], flags: RunFlags, outer: World): Promise<ExitCode> {
	const title = `run ${given.join(' ')}`.trim();
	return withReports(flags, { command: 'run', title }, outer, async (reporting, collect) => {
		const here = await surroundingsOf(flags, reporting);
		const { world } = here;
		const scenarios = onlyThese(await found(given, here), flags.only ?? []);
		const events = scenarios.flatMap(({ fires }) => fires.map(({ event }) => event));
		const [first] = events;
		const beside = first === undefined ? {} : settingsBeside(here.project, first, world);
		const mask = maskOf(secretsOf(events, { ...flags, ...secretsBeside(beside) }, world));
		const collector = collect(mask);
		const options = optionsFor(scenarios, flags, here);
		const against = {
			env: world.env,
			hasReceiver: flags.exec !== undefined,
			canProbe: options.settings.probe !== undefined,
		};
		for (const scenario of scenarios) checkScenario(scenario, against);
		const countdown = countdownOf(world, flags.json !== true && world.stderr.isTTY && options.jobs === 1);
		const network = networkPorts(world);
		const teller = tellRun({ flags, mask, countdown, seed: options.seed, sideBySide: options.jobs > 1 }, world);
		const ports = {
			world,
			clock: countdown.clock,
			attemptWith: (to: Parameters<typeof network.attemptWith>[0]) => countdown.during(network.attemptWith(to)),
			probeWith: network.shopWith,
			composed: teller.composed,
		};
		const targets = (await Promise.all(scenarios.map((scenario) => rehearse(scenario, ports, options)))).flat();
		const receiver = await receiverFor(flags, targets, world, mask);
		let exitCode: ExitCode = 70;
		try {
			if (receiver === undefined) return teller.nobodyThere(options.run, scenarios);
			const control = receiver.process === undefined ? {} : { receiver: receiver.process };
			for await (const event of runScenarios(scenarios, { ...ports, ...control }, options)) {
				collector?.take(event);
				teller.tell(event);
				if (event.type === 'summary') exitCode = event.exitCode;
			}
			return exitCode;
		} finally {
			countdown.stop();
			await receiver?.close(exitCode !== 0);
		}
	});
}

async function found(given: readonly string[], { world, catalogue, project }: Surroundings): Promise<Scenario[]> {
	if (given.length > 0) return findScenarios(given, catalogue, world.cwd);
	const { scenarios } = project.value;
	if (scenarios === undefined)
		throw new Problem('usage', 'no scenario to run', {
			hint: 'Name one: callsim run bayarcash/payment --to :3000/callback; see callsim list, or make your own: callsim init',
		});
	return findScenarios([scenarios].flat(), catalogue, project.folder, world.cwd);
}

function optionsFor(
	scenarios: readonly Scenario[],
	flags: RunFlags,
	{ world, project }: { world: World; project: Project },
): RunOptions {
	const events = scenarios.flatMap(({ fires }) => fires.map(({ event }) => event));
	const now = world.clock.now();
	return {
		run: runId(now, world.random),
		seed: readCheckSeed(flags, world),
		// Whole seconds: a command line that repeats a step names the instant.
		now: Math.floor(now / 1_000) * 1_000,
		settings: {
			flags: deliverySaid(flags),
			defaultsFor: (event) => settingsBeside(project, event, world),
			probe: probeFor(flags, project),
			inPlay: [...new Set(events.map(({ provider }) => provider))],
		},
		bail: flags.bail === true,
		jobs: readJobs(flags.jobs),
		signal: world.interruption(),
	};
}

/** What the command line says of every delivery; the rest is about the run. */
function deliverySaid(flags: RunFlags): DeliveryFlags {
	const ofTheRun = new Set([
		'waitFor',
		'only',
		'jobs',
		'exec',
		'report',
		'seed',
		'bail',
		'json',
		'color',
		'input',
		'probeUrl',
		'probeCommand',
	]);
	return Object.fromEntries(Object.entries(flags).filter(([name]) => !ofTheRun.has(name)));
}

function probeFor({ probeUrl, probeCommand }: RunFlags, project: Project): RunOptions['settings']['probe'] {
	if (probeUrl !== undefined && probeCommand !== undefined)
		throw new Problem('option-conflict', '--probe-url and --probe-command contradict each other', {
			hint: 'Keep one of them.',
		});
	if (probeUrl !== undefined) return { url: probeUrl };
	if (probeCommand !== undefined) return { command: probeCommand };
	const { url, command } = project.value.probe ?? {};
	if (url !== undefined) return { url };
	return command === undefined ? undefined : { command };
}

/** What the project file says that must not be seen. */
function secretsBeside({ secretHeader }: DeliveryFlags): DeliveryFlags {
	return secretHeader === undefined ? {} : { secretHeader };
}
