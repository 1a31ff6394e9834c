import { networkPorts } from '../engine/ports.ts';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { settingsBeside } from '../project/in-force.ts';
import { maskOf } from '../report/safe/mask.ts';
import { checkScenario } from '../scenario/check-scenario.ts';
import { findScenarios, onlyThese } from '../scenario/find-scenarios.ts';
import type { Scenario } from '../scenario/plan.ts';
import { rehearseAll } from '../scenario/rehearse.ts';
import type { RunOptions } from '../scenario/run-ports.ts';
import { runScenarios } from '../scenario/run-scenarios.ts';
import { secretsOf } from '../settings/composing.ts';
import type { CliContext } from './cli-context.ts';
import { type CommandContext, commandContext } from './command-context.ts';
import { countdownOf } from './countdown.ts';
import type { TypedFlags } from './options/flag.ts';
import { againText, fireLine } from './options/print.ts';
import { type RunFlags, readRunFlags } from './options/run-flags.ts';
import { readShop } from './options/shop-flags.ts';
import { receiverFor } from './receiver-for.ts';
import { withReports } from './reports.ts';
import { optionsFor } from './run-options.ts';
import { tellRun } from './tell-run.ts';

/** Scenarios with expectations: names, files, folders, globs; or what the project file names. */
export async function runCommand(given: readonly string[], flags: RunFlags, outer: CliContext): Promise<ExitCode> {
	const title = `run ${given.join(' ')}`.trim();
	return withReports(flags, { command: 'run', title }, outer, async (reporting, collect) => {
		const here = await commandContext(flags, reporting);
		const { context } = here;
		const said = readRunFlags(flags);
		const typed = flags as TypedFlags;
		const shop = { probe: readShop('probe', typed), setup: readShop('setup', typed) };
		const scenarios = onlyThese(await found(given, here), flags.only ?? []);
		const events = scenarios.flatMap(({ fires }) => fires.map(({ event }) => event));
		const [first] = events;
		const beside = first === undefined ? {} : settingsBeside(here.project, first, context, said.settings);
		const headers = [...(beside.headers ?? []), ...(said.settings.headers ?? [])];
		const mask = maskOf(secretsOf(events, { ...said.settings, headers }, context));
		const collector = collect(mask);
		const options = optionsFor(scenarios, said, shop, here);
		const against = {
			env: context.env,
			hasReceiver: flags.exec !== undefined,
			canProbe: options.settings.probe !== undefined,
		};
		for (const scenario of scenarios) checkScenario(scenario, against);
		tellUnseen(scenarios, options, context);
		const countdown = countdownOf(context, flags.json !== true && context.stderr.isTTY && options.jobs === 1);
		const network = networkPorts(context);
		// A seed has an instant of its own.
		const again = againText(options.seed, said.seed !== undefined && said.now === undefined ? undefined : options.now);
		const teller = tellRun(
			{ flags, settings: said.settings, mask, countdown, again, sideBySide: options.jobs > 1 },
			context,
		);
		const ports = {
			context,
			clock: countdown.clock,
			attemptWith: (to: Parameters<typeof network.attemptWith>[0]) => countdown.during(network.attemptWith(to)),
			shopWith: network.shopWith,
			print: fireLine,
			composed: teller.composed,
		};
		const targets = await rehearseAll(scenarios, ports, options);
		const receiver = await receiverFor(
			{ ...said.settings, exec: flags.exec, waitFor: said.waitFor },
			targets,
			context,
			mask,
		);
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
