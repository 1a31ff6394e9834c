import { seededRandom, seedFor } from '../compose/seeded-random.ts';
import { merged } from '../delivery/merged.ts';
import { millis, parseDuration } from '../model/duration.ts';
import { ReceiverGone } from '../model/interruption.ts';
import type { RunEvent } from '../model/run-event.ts';
import {
	type GroupStep,
	isGroup,
	type Scenario,
	type ScenarioStep,
	type TriedStep,
} from './plan.ts';
import type { RunShared } from './run-ports.ts';
import { tryShopStep } from './run-shop-step.ts';
import { tryFireStep } from './run-step.ts';
import { beginScenario, type ProviderClock, type ScenarioRun } from './scenario-run.ts';
import { speedOf } from './step-settings.ts';
import { runTrial } from './step-trial.ts';

/** One scenario, its steps and groups in order; ends with its `scenario-finished` event. */
export async function* runScenario(
	scenario: Scenario,
	shared: RunShared,
): AsyncGenerator<RunEvent> {
	const { ports, options, tally } = shared;
	const { id, document } = scenario;
	const at = ports.clock.now();
	const place = { file: document.file, line: document.place('/name').line };
	yield {
		type: 'scenario',
		run: options.run,
		scenario: id,
		title: document.value.name,
		...place,
		at,
	};
	const run = beginScenario(scenario, shared);
	const providerClock: ProviderClock = { ms: 0 };
	let tried = 0;
	const untried = new Map(scenario.tried.map((step) => [step.number, step]));
	for await (const event of inOrder(scenario.steps, undefined, providerClock, run)) {
		if (event.type === 'step') {
			tried++;
			untried.delete(event.step);
			tally.steps[event.passed ? 'passed' : 'failed']++;
		}
		yield event;
	}
	for (const step of untried.values()) yield skippedStep(step, scenario, shared);
	const skipped = timesOf(scenario.steps) - tried;
	const passed = !run.failed && skipped === 0;
	tally.steps.skipped += skipped;
	// One that was only cut short has not failed.
	if (passed) tally.scenarios.passed++;
	else if (run.failed) tally.scenarios.failed++;
	yield {
		type: 'scenario-finished',
		run: options.run,
		scenario: id,
		passed,
		skipped,
		tookMs: ports.clock.now() - at,
	};
}

/** What is told of a step that was not tried. */
export function skippedStep(
	{ number, file, event, spot }: TriedStep,
	{ id, document }: Scenario,
	{ options: { run, signal }, ports: { say } }: Pick<RunShared, 'options' | 'ports'>,
): RunEvent {
	const failed = `a step before it failed (${say('bail', 'true')})`;
	const stopped = signal?.aborted === true ? 'the run was stopped' : failed;
	return {
		type: 'step-skipped',
		run,
		scenario: id,
		title: document.value.name,
		step: number,
		name: file.name ?? event.id,
		event: event.id,
		file: document.file,
		line: spot.line,
		why: signal?.reason instanceof ReceiverGone ? signal.reason.message : stopped,
	};
}

/** How many times steps are tried, repetitions included. */
export function timesOf(steps: readonly ScenarioStep[]): number {
	return steps.reduce((sum, step) => {
		const once = isGroup(step) ? timesOf(step.steps) : 1;
		return sum + once * Number(step.file.repeat ?? 1);
	}, 0);
}

/** Whether a failure or a signal ends the run here. */
const isOver = ({ shared }: ScenarioRun): boolean =>
	shared.tally.stopped || shared.options.signal?.aborted === true;

async function* inOrder(
	steps: readonly ScenarioStep[],
	iteration: number | undefined,
	providerClock: ProviderClock,
	run: ScenarioRun,
): AsyncGenerator<RunEvent> {
	for (const step of steps) {
		if (isOver(run)) return;
		const { repeat } = step.file;
		const times = Number(repeat ?? 1);
		for (let time = 1; time <= times && !isOver(run); time++) {
			const which = repeat === undefined ? iteration : ((iteration ?? 1) - 1) * times + time;
			yield* isGroup(step)
				? runGroup(step, which, providerClock, run)
				: runAndJudge(step, which, providerClock, run);
		}
	}
}

async function* runAndJudge(
	step: TriedStep,
	iteration: number | undefined,
	providerClock: ProviderClock,
	run: ScenarioRun,
): AsyncGenerator<RunEvent> {
	const trial = runTrial(step, { run, providerClock, iteration }, (begun) =>
		step.kind === 'fire' ? tryFireStep(step, begun) : tryShopStep(step, begun),
	);
	for await (const event of trial) {
		if (event.type === 'step' && !event.passed) {
			run.failed = true;
			run.shared.tally.stopped ||= run.shared.options.bail;
		}
		yield event;
	}
}

async function* runGroup(
	group: GroupStep,
	iteration: number | undefined,
	providerClock: ProviderClock,
	run: ScenarioRun,
): AsyncGenerator<RunEvent> {
	await waitBefore(group, providerClock, run);
	if (isOver(run)) return;
	switch (group.kind) {
		case 'steps':
			return yield* inOrder(group.steps, iteration, providerClock, run);
		case 'shuffle':
			return yield* inOrder(shuffled(group, iteration, run), iteration, providerClock, run);
		case 'parallel': {
			const clocks = group.steps.map(() => ({ ms: providerClock.ms }));
			yield* merged(
				group.steps.map((step, at) => inOrder([step], iteration, clocks[at] ?? providerClock, run)),
			);
			providerClock.ms = Math.max(...clocks.map(({ ms }) => ms));
			return;
		}
		default:
			return group.kind satisfies never;
	}
}

/** Provider time, at the scenario's own speed. */
async function waitBefore(
	{ file }: GroupStep,
	providerClock: ProviderClock,
	run: ScenarioRun,
): Promise<void> {
	if (file.after === undefined) return;
	const { ports, options } = run.shared;
	const after = parseDuration(String(file.after), 'after');
	providerClock.ms += after;
	try {
		await ports.clock.sleep(
			millis(after / speedOf(run.scenario, options.settings)),
			options.signal,
		);
	} catch (error) {
		if (options.signal?.aborted !== true) throw error;
	}
}

/** In an order that the seed decides (Fisher and Yates): the group's own, else the run's. */
function shuffled(
	{ steps, file, spot }: GroupStep,
	iteration: number | undefined,
	{ scenario, shared }: ScenarioRun,
) {
	const about = `${scenario.id}:${spot.pointer}:${iteration ?? 1}`;
	const random = seededRandom(
		`${file.seed ?? seedFor(shared.options.seed, about)}:${iteration ?? 1}`,
	);
	const order = [...steps];
	for (let last = order.length - 1; last > 0; last--) {
		const other = Buffer.from(random.bytes(4)).readUInt32BE() % (last + 1);
		const [a, b] = [order[last], order[other]];
		if (a !== undefined && b !== undefined) [order[last], order[other]] = [b, a];
	}
	return order;
}
