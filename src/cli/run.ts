import type { SetupTemplate } from '../check/orders.ts';
import { secretsOf } from '../engine/composing.ts';
import type { DeliveryFlags, ReportFlags } from '../engine/flags.ts';
import { networkPorts } from '../engine/ports.ts';
import { readCheckSeed } from '../engine/read-check.ts';
import { readRunInstant } from '../engine/read-flags.ts';
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
	readonly setupUrl?: string;
	readonly setupCommand?: string;
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
		tellUnseen(scenarios, options, world);
		const countdown = countdownOf(world, flags.json !== true && world.stderr.isTTY && options.jobs === 1);
		const network = networkPorts(world);
		const teller = tellRun(
			{ flags, mask, countdown, again: againText(options, flags), sideBySide: options.jobs > 1 },
			world,
		);
		const ports = {
			world,
			clock: countdown.clock,
			attemptWith: (to: Parameters<typeof network.attemptWith>[0]) => countdown.during(network.attemptWith(to)),
			shopWith: network.shopWith,
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
		now: readRunInstant(flags, world),
		settings: {
			flags: deliverySaid(flags),
			defaultsFor: (event) => settingsBeside(project, event, world),
			probe: lookFor('probe', flags.probeUrl, flags.probeCommand, project),
			setup: lookFor('setup', flags.setupUrl, flags.setupCommand, project),
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
): SetupTemplate | undefined {
	if (url !== undefined && command !== undefined)
		throw new Problem('option-conflict', `--${what}-url and --${what}-command contradict each other`, {
			hint: 'Keep one of them.',
		});
	const said = url === undefined && command === undefined ? (project.value[what] ?? {}) : { url, command };
	if (said.url !== undefined) return { url: said.url };
	return said.command === undefined ? undefined : { command: said.command };
}

/** What the project file says that must not be seen. */
function secretsBeside({ secretHeader }: DeliveryFlags): DeliveryFlags {
	return secretHeader === undefined ? {} : { secretHeader };
}

/** What repeats the run: its seed, and its instant where that is not the seed's own. */
function againText({ seed, now }: RunOptions, flags: RunFlags): string {
	const isSeeds = flags.seed !== undefined && flags.now === undefined;
	return `--seed ${seed}${isSeeds ? '' : ` --now ${new Date(now).toISOString().replace('.000', '')}`}`;
}

/** A probe that was asked for must not be left out in silence. */
function tellUnseen(scenarios: readonly Scenario[], { settings }: RunOptions, world: World): void {
	if (settings.probe === undefined || settings.setup !== undefined) return;
	if (scenarios.some(({ document }) => document.value.setup?.ifConfigured === true))
		world.note(
			'nothing makes the orders of shipped scenarios, so that their state is not judged: add --setup-url, or setup to callsim.yaml',
		);
}
