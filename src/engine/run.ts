import type { Destination } from '../delivery/reach.ts';
import { exitCodeOf } from '../model/exit-code.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { ExitCode, RunEvent } from '../model/run-event.ts';
import type { Settings, Shell } from '../model/settings.ts';
import type { OrderAccess } from '../order/access.ts';
import { scenarioFaults } from '../scenario/check-scenario.ts';
import type { Scenario } from '../scenario/plan.ts';
import { rehearseAll } from '../scenario/rehearse.ts';
import type { PaymentPort, RunPorts, ScenarioRunOptions } from '../scenario/run-ports.ts';
import { timesOf } from '../scenario/run-scenario.ts';
import { runScenarios } from '../scenario/run-scenarios.ts';
import { providersOf } from '../settings/composing.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { runInstant, runSeed } from '../settings/shaping.ts';
import { networkPorts } from './ports.ts';
import type { Receiver } from './receiver.ts';
import { runId } from './run-id.ts';

/** What is said of a run. */
export interface RunRequest {
	readonly scenarios: readonly Scenario[];
	/** Of every delivery, stronger than a scenario. */
	readonly settings: Settings;
	/** Of an event, weaker than a scenario. */
	defaultsFor(event: CallbackEvent): Settings;
	readonly seed: string | undefined;
	/** Epoch milliseconds. */
	readonly now: number | undefined;
	readonly bail: boolean;
	readonly jobs: number;
	readonly probe: OrderAccess | undefined;
	readonly setup: OrderAccess | undefined;
	/** callsim starts the receiver, and so can stop it. */
	readonly hasReceiver: boolean;
	/** The provider's API, where it is open. */
	readonly payments?: PaymentPort | undefined;
}

/** The options of a run, and the ports to the network. */
export function runSetup(
	{ scenarios, settings, defaultsFor, probe, setup, bail, jobs, payments, ...repeat }: RunRequest,
	{ print, say }: Shell,
	context: EngineContext,
): { options: ScenarioRunOptions; ports: RunPorts } {
	const events = scenarios.flatMap(({ fires }) => fires.map(({ event }) => event));
	return {
		options: {
			run: runId(context.clock.now(), context.random),
			seed: runSeed(repeat, context),
			now: runInstant(repeat, context),
			settings: { settings, defaultsFor, probe, setup, inPlay: providersOf(events) },
			bail,
			jobs,
			signal: context.interruption(),
		},
		ports: { context, clock: context.clock, print, say, payments, ...networkPorts(context) },
	};
}

/** Scenarios that were rehearseStep. */
export interface PreparedRun {
	readonly scenarios: readonly Scenario[];
	readonly options: ScenarioRunOptions;
	readonly ports: RunPorts;
	/** Where they go, each host once. */
	readonly targets: readonly Destination[];
}

/** Checks and composes everything once. @throws Problem with its place; nothing is sent then */
export async function prepareRun(
	{ scenarios, hasReceiver }: Pick<RunRequest, 'scenarios' | 'hasReceiver'>,
	ports: RunPorts,
	options: ScenarioRunOptions,
): Promise<PreparedRun> {
	const canProbe = options.settings.probe !== undefined;
	const hasSandbox = ports.payments !== undefined;
	const against = { env: ports.context.env, hasReceiver, canProbe, hasSandbox };
	const found = scenarios.map((scenario) => scenarioFaults(scenario, against));
	const targets = await rehearseAll(scenarios, ports, options, found);
	return { scenarios, options, ports, targets };
}

/** @param open starts the receiver, or waits for it; undefined where there is nobody */
export async function* runPrepared(
	{ scenarios, options, ports, targets }: PreparedRun,
	open: (targets: readonly Destination[]) => Promise<Receiver | undefined>,
): AsyncGenerator<RunEvent> {
	const receiver = await open(targets);
	if (receiver === undefined) return yield nothingRun(scenarios, options);
	let exitCode: ExitCode = 70;
	try {
		const { process } = receiver;
		const signals = [options.signal, process?.gone].filter((one) => one !== undefined);
		for await (const event of runScenarios(
			scenarios,
			{ ...ports, receiver: process },
			{ ...options, signal: AbortSignal.any(signals) },
		)) {
			if (event.type === 'summary') exitCode = event.exitCode;
			yield event;
		}
	} finally {
		await receiver.close(exitCode !== 0);
	}
}

/** The end of a run in which nothing was sent. */
function nothingRun(scenarios: readonly Scenario[], { run, signal }: ScenarioRunOptions): RunEvent {
	const none = { passed: 0, failed: 0 };
	const steps = scenarios.reduce((sum, scenario) => sum + timesOf(scenario.steps), 0);
	return {
		type: 'summary',
		run,
		deliveries: 0,
		acknowledged: 0,
		skipped: 0,
		scenarios: { ...none, skipped: scenarios.length },
		steps: { ...none, skipped: steps },
		exitCode: exitCodeOf({ signal, isUnreached: true, isFailed: false }),
	};
}
