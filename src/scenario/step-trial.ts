import { countFinished } from '../delivery/delivery-tally.ts';
import { type Millis, millis } from '../model/duration.ts';
import type { Outcome } from '../model/outcome.ts';
import type { RunEvent, StepFailure } from '../model/run-event.ts';
import type { State } from '../order/state.ts';
import type { DeliveryInForce } from '../settings/delivery-in-force.ts';
import type { StepMemory } from './names.ts';
import type { TriedStep } from './plan.ts';
import { stateValue } from './probe-rules.ts';
import { type ProviderClock, remember, type ScenarioRun } from './scenario-run.ts';
import { nothingYet, responseOf, type StepDelivery, withEvent } from './step-delivery.ts';
import { stepFailureOf } from './step-failure.ts';
import { type FilledProbe, looksBefore, seenAfter } from './step-probe.ts';
import { type Expected, expectedText, interrupted } from './step-verdict.ts';

/** What a step has come to so far; what was attempted is told whatever happens next. */
export interface StepTrial {
	readonly run: ScenarioRun;
	readonly providerClock: ProviderClock;
	/** Of the step, among its repetitions; undefined where nothing repeats it. */
	readonly iteration: number | undefined;
	/** What its deliveries came to, by their numbers. */
	readonly results: Map<number, StepDelivery>;
	readonly failures: StepFailure[];
	expect: Expected;
	probes: readonly FilledProbe[];
	got: string;
	reproduce: string;
	startsAtMs: number;
}

/** Goes through a step, and ends with its `step` event. @throws our bugs */
export async function* runTrial(
	step: TriedStep,
	begun: Pick<StepTrial, 'run' | 'providerClock' | 'iteration'>,
	goThrough: (trial: StepTrial) => AsyncGenerator<RunEvent>,
): AsyncGenerator<RunEvent> {
	const { ports, options } = begun.run.shared;
	const { signal } = options;
	const began = ports.clock.now();
	const trial: StepTrial = {
		...begun,
		results: new Map(),
		failures: [],
		expect: undefined,
		probes: [],
		got: '',
		reproduce: '',
		startsAtMs: begun.providerClock.ms,
	};
	try {
		yield* goThrough(trial);
	} catch (error) {
		trial.failures.push(signal?.aborted === true ? interrupted(signal) : stepFailureOf(error));
	}
	yield verdictOf(step, trial, ports.clock.now() - began);
}

/** Waits until it is the step's time. @throws the signal's reason */
export async function waitUntilDue(
	{ after, inForce }: { readonly after: Millis; readonly inForce: DeliveryInForce },
	trial: StepTrial,
): Promise<void> {
	const { providerClock, run } = trial;
	const { ports, options } = run.shared;
	await ports.clock.sleep(millis(after / inForce.speed), options.signal);
	providerClock.ms += after;
	trial.startsAtMs = providerClock.ms;
}

/** What the probes see before anything is sent, where it matters. */
export const lookBefore = (
	probes: readonly FilledProbe[],
): Promise<readonly (State | undefined)[]> =>
	Promise.all(probes.map((probe) => (looksBefore(probe.rules) ? probe.read() : undefined)));

/** Looks again, unless the run is being stopped, and keeps what later steps ask about. */
export async function lookAfter(
	step: TriedStep,
	before: readonly (State | undefined)[],
	{ probes, failures, run }: StepTrial,
	{ request, last }: Pick<StepMemory, 'request'> & { readonly last: Outcome | undefined },
): Promise<void> {
	const { ports, options } = run.shared;
	if (options.signal?.aborted === true) return;
	const seen = await Promise.all(
		probes.map((probe, at) => seenAfter(probe, before[at], ports.clock, options.signal)),
	);
	failures.push(...seen.flatMap((one) => one.failures));
	const probe = stateValue(seen[0]?.state);
	remember(run, step, { request, response: responseOf(last), probe });
}

/** Takes down what is told of the step's deliveries, and counts those that have ended. */
export function heed({ results, run }: StepTrial, event: RunEvent): void {
	if ('delivery' in event) {
		const before = results.get(event.delivery) ?? nothingYet;
		results.set(event.delivery, withEvent(before, event));
	}
	countFinished(run.shared.tally, event);
}

function verdictOf(
	{ number, event, file, spot }: TriedStep,
	{ run, iteration, results, failures, expect, probes, got, reproduce, startsAtMs }: StepTrial,
	tookMs: number,
): RunEvent {
	const { scenario, shared } = run;
	const passed = failures.length === 0;
	return {
		type: 'step',
		run: shared.options.run,
		scenario: scenario.id,
		step: number,
		iteration,
		name: file.name ?? event.id,
		event: event.id,
		passed,
		expected: passed
			? expectedText(expect, probes)
			: failures.map((failure) => failure.expected).join('; '),
		got: passed ? got : failures.map((failure) => failure.got).join('; '),
		failures,
		file: scenario.document.file,
		line: spot.line,
		deliveries: [...results.keys()],
		startsAtMs,
		tookMs,
		reproduce,
	};
}
