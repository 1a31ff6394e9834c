import { learnSecrets } from '../engine/composing.ts';
import type { DeliveryFlags } from '../engine/flags.ts';
import { networkPorts } from '../engine/ports.ts';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { settingsBeside } from '../project/in-force.ts';
import { checkScenario } from '../scenario/check-scenario.ts';
import { findScenarios, onlyThese } from '../scenario/find-scenarios.ts';
import type { Scenario } from '../scenario/plan.ts';
import { rehearseAll } from '../scenario/rehearse.ts';
import type { RunOptions } from '../scenario/run-ports.ts';
import { runScenarios } from '../scenario/run-scenarios.ts';
import type { CliContext } from './cli-context.ts';
import { type CommandContext, commandContext } from './command-context.ts';
import { countdownOf } from './countdown.ts';
import { receiverFor } from './receiver-for.ts';
import { withReports } from './reports.ts';
import { againText, optionsFor, type RunFlags } from './run-options.ts';
import { tellRun } from './tell-run.ts';

/** Scenarios with expectations: names, files, folders, globs; or what the project file names. */
export async function runCommand(given: readonly string[], flags: RunFlags, outer: CliContext): Promise<ExitCode> {
	const title = `run ${given.join(' ')}`.trim();
	return withReports(flags, { command: 'run', title }, outer, async (reporting, collect) => {
		const here = await commandContext(flags, reporting);
		const { context } = here;
		const scenarios = onlyThese(await found(given, here), flags.only ?? []);
		const events = scenarios.flatMap(({ fires }) => fires.map(({ event }) => event));
		const [first] = events;
		const beside = first === undefined ? {} : settingsBeside(here.project, first, context);
		learnSecrets(events, { ...flags, ...secretsBeside(beside) }, context);
		const { mask } = context;
		const collector = collect();
		const options = optionsFor(scenarios, flags, here);
		const against = {
			env: context.env,
			hasReceiver: flags.exec !== undefined,
			canProbe: options.settings.probe !== undefined,
		};
		for (const scenario of scenarios) checkScenario(scenario, against);
		tellUnseen(scenarios, options, context);
		const countdown = countdownOf(context, flags.json !== true && context.stderr.isTTY && options.jobs === 1);
		const network = networkPorts(context);
		const teller = tellRun(
			{ flags, mask, countdown, again: againText(options, flags), sideBySide: options.jobs > 1 },
			context,
		);
		const ports = {
			context,
			clock: countdown.clock,
			attemptWith: (to: Parameters<typeof network.attemptWith>[0]) => countdown.during(network.attemptWith(to)),
			shopWith: network.shopWith,
			composed: teller.composed,
		};
		const targets = await rehearseAll(scenarios, ports, options);
		const receiver = await receiverFor(flags, targets, context, mask);
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

async function found(given: readonly string[], { context, catalogue, project }: CommandContext): Promise<Scenario[]> {
	if (given.length > 0) return findScenarios(given, catalogue, context.cwd);
	const { scenarios } = project.value;
	if (scenarios === undefined)
		throw new Problem('usage', 'no scenario to run', {
			hint: 'Name one: callsim run bayarcash/payment --to :3000/callback; see callsim list, or make your own: callsim init',
		});
	return findScenarios([scenarios].flat(), catalogue, project.folder, context.cwd);
}

/** What the project file says that must not be seen. */
function secretsBeside({ secretHeader }: DeliveryFlags): DeliveryFlags {
	return secretHeader === undefined ? {} : { secretHeader };
}

/** A probe that was asked for must not be left out in silence. */
function tellUnseen(scenarios: readonly Scenario[], { settings }: RunOptions, context: CliContext): void {
	if (settings.probe !== undefined && settings.setup !== undefined) return;
	if (!scenarios.some(({ document }) => document.value.setup?.ifConfigured === true)) return;
	if (settings.probe === undefined)
		context.note(
			'only answers are judged: nothing says how an order is read and made (--probe-url and --setup-url, or probe and setup in callsim.yaml)',
		);
	else
		context.note(
			'nothing makes the orders of shipped scenarios, so that their state is not judged: add --setup-url, or setup to callsim.yaml',
		);
}
