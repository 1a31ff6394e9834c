import type { Destination } from '../delivery/reach.ts';
import { openReceiver } from '../engine/receiver.ts';
import { prepareRun, runPrepared, runSetup } from '../engine/run.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { ExitCode } from '../model/run-event.ts';
import type { PrintFire, Settings } from '../model/settings.ts';
import { shopInForce } from '../project/check-settings.ts';
import { settingsBeside } from '../project/in-force.ts';
import { findScenarios, onlyThese } from '../scenario/find-scenarios.ts';
import { providersIn, targetIn } from '../scenario/named-in.ts';
import type { Scenario } from '../scenario/plan.ts';
import type {
	PaymentPort,
	RunPorts,
	ScenarioRunOptions,
	StepCallback,
} from '../scenario/run-ports.ts';
import { learnSecrets } from '../settings/composing.ts';
import { besideSandbox } from './beside-sandbox.ts';
import type { CliContext } from './cli-context.ts';
import { type CommandContext, commandContext } from './command-context.ts';
import { countdownOf } from './countdown.ts';
import type { Collect } from './keep-reports.ts';
import type { TypedFlags } from './options/flag.ts';
import { againText } from './options/print.ts';
import { type RunFlags, readRunFlags } from './options/run-flags.ts';
import { readShop } from './options/shop-flags.ts';
import { flagWords } from './options/words.ts';
import { progressOf } from './progress.ts';
import { receiverWatch } from './receiver-watch.ts';
import { Recorder } from './recorder.ts';
import { withReports } from './reports.ts';
import { runProgress } from './run-progress.ts';
import { tellRun } from './tell-run.ts';

/** Scenarios with expectations: names, files, folders, globs; or what the project file names. */
export async function runCommand(
	given: readonly string[],
	flags: RunFlags,
	outer: CliContext,
): Promise<ExitCode> {
	const title = `run ${given.join(' ')}`.trim();
	return withReports(flags, { command: 'run', title }, outer, async (reporting, collect) => {
		const here = await commandContext(flags, reporting);
		const scenarios = onlyThese(await findGiven(given, here), flags.only ?? []);
		const events = scenarios.flatMap(({ fires }) => fires.map(({ event }) => event));
		const { settings } = readRunFlags(flags);
		const { to, returnTo, retry, speed, timeout } = usualIn(scenarios, here, settings);
		const usual = { to: targetIn(scenarios) ?? to, returnTo, retry, speed, timeout };
		const inForce = { ...usual, ...settings };
		const providers = providersIn(scenarios).map(({ id }) => id);
		return besideSandbox(flags, providers, inForce, here, (context, print, payments) =>
			runScenarios(
				{ title, scenarios, events, flags, print, payments },
				{ ...here, context },
				collect,
			),
		);
	});
}

interface Asked {
	readonly title: string;
	readonly scenarios: readonly Scenario[];
	readonly events: readonly CallbackEvent[];
	readonly flags: RunFlags;
	readonly print: PrintFire;
	readonly payments: PaymentPort | undefined;
}

async function runScenarios(
	{ title, scenarios, events, flags, print, payments }: Asked,
	here: CommandContext,
	collect: Collect,
): Promise<ExitCode> {
	const { context } = here;
	const said = readRunFlags(flags);
	const typed = flags as TypedFlags;
	const beside = usualIn(scenarios, here, said.settings);
	const headers = [...(beside.headers ?? []), ...(said.settings.headers ?? [])];
	learnSecrets(events, { ...said.settings, headers }, context);
	const collector = collect();
	const usual = shopInForce(here.project);
	const request = {
		...{ ...said, scenarios, payments, hasReceiver: flags.exec !== undefined },
		defaultsFor: defaultsOf(here, said.settings),
		probe: readShop('probe', typed, usual.probe),
		setup: readShop('setup', typed, usual.setup),
	};
	const { options, ports } = runSetup(request, { print, say: flagWords }, context);
	const countdown = countdownOf(context, flags.json !== true && said.jobs === 1);
	const progress = progressOf(context, flags.json !== true);
	// A seed has an instant of its own.
	const again = againText(
		options.seed,
		said.seed !== undefined && said.now === undefined ? undefined : options.now,
	);
	const teller = tellRun(
		{ flags, settings: said.settings, countdown, again, sideBySide: said.jobs > 1 },
		context,
	);
	const recorder = new Recorder(flags, context);
	const callbacks = new Map<number, StepCallback>();
	const shown: RunPorts = {
		...ports,
		clock: countdown.clock,
		attemptWith: (to) => countdown.during(ports.attemptWith(to)),
		composed(delivery, callback) {
			teller.composed(delivery, callback);
			callbacks.set(delivery, callback);
		},
		trying: recorder.trying,
	};
	const prepared = await prepareRun(request, shown, options);
	tellUnseen(scenarios, options, context);
	recorder.begin(options.run, 'run', title);
	const [{ exec }, { waitFor }] = [flags, said];
	let exitCode: ExitCode = 70;
	const lineAfter = runProgress(scenarios, said.jobs > 1);
	try {
		const open = (targets: readonly Destination[]) =>
			openReceiver(
				{ exec, waitFor },
				targets,
				context,
				receiverWatch({ stderr: progress.stderr, mask: context.mask }),
			);
		for await (const event of runPrepared(prepared, open)) {
			const callback = event.type === 'started' ? callbacks.get(event.delivery) : undefined;
			if (event.type === 'started' && callback !== undefined) {
				callbacks.delete(event.delivery);
				recorder.delivery(callback.item, callback.said, event);
			}
			recorder.event(event);
			collector?.take(event);
			progress.clear();
			teller.tell(event);
			if (event.type === 'summary') exitCode = event.exitCode;
			const line = lineAfter(event);
			if (line !== '') progress.show(line);
		}
		return exitCode;
	} finally {
		progress.clear();
		recorder.close();
		countdown.stop();
	}
}

/** The project file's, for the first callback. */
function usualIn(
	scenarios: readonly Scenario[],
	{ project, context }: CommandContext,
	said: Settings,
): Settings {
	const [first] = scenarios.flatMap(({ example }) => example ?? []);
	return first === undefined ? {} : settingsBeside(project, first, context, said);
}

/** The project file is asked once an event, not once a step. */
function defaultsOf(
	{ project, context }: CommandContext,
	said: Settings,
): (event: CallbackEvent) => Settings {
	const known = new Map<CallbackEvent, Settings>();
	return (event) => {
		const settings = known.get(event) ?? settingsBeside(project, event, context, said);
		known.set(event, settings);
		return settings;
	};
}

async function findGiven(
	given: readonly string[],
	{ context, catalogue, project }: CommandContext,
): Promise<Scenario[]> {
	if (given.length > 0) return findScenarios(given, catalogue, context.cwd);
	const { scenarios } = project.value;
	if (scenarios === undefined)
		throw new Problem('usage', 'no scenario to run', {
			hint: 'Name one: callsim run bayarcash/payment --to :3000/callback; see callsim list, or make your own: callsim init',
		});
	return findScenarios([scenarios].flat(), catalogue, project.folder, context.cwd);
}

/** A probe that was asked for must not be left out in silence. */
function tellUnseen(
	scenarios: readonly Scenario[],
	{ settings }: ScenarioRunOptions,
	context: CliContext,
): void {
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
