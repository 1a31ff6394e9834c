import { deliver } from '../delivery/deliver.ts';
import { countFinished } from '../delivery/delivery-tally.ts';
import { merged } from '../delivery/merged.ts';
import { answersWithin } from '../delivery/wait-for.ts';
import { millis } from '../model/duration.ts';
import type { RunEvent, StepFailure } from '../model/run-event.ts';
import { userAgentOf } from '../settings/user-agent.ts';
import { madeAfter, makeOrder } from './make-order.ts';
import type { FireStep } from './plan.ts';
import { type PreparedStep, prepareStep } from './prepare-step.ts';
import { stateValue } from './probe-rules.ts';
import { pausedReceiver } from './receiver-pause.ts';
import { namesOf, type ProviderClock, remember, type ScenarioRun } from './scenario-run.ts';
import { nothingYet, type StepDelivery, withEvent } from './step-delivery.ts';
import { failureOf } from './step-failure.ts';
import { type FilledProbe, looksBefore, seenAfter } from './step-probe.ts';
import { deliveryFailures, expectedText, gotText, interrupted } from './step-verdict.ts';

/** What a step has come to so far; what was attempted is told whatever happens next. */
interface Trial {
	prepared: PreparedStep | undefined;
	readonly results: Map<number, StepDelivery>;
	readonly failures: StepFailure[];
	startsAtMs: number;
}

/** Waits, looks, delivers, looks again, judges; ends with its `step` event. @throws our bugs */
export async function* runStep(
	step: FireStep,
	iteration: number | undefined,
	providerClock: ProviderClock,
	run: ScenarioRun,
): AsyncGenerator<RunEvent> {
	const { clock } = run.shared.ports;
	const { signal } = run.shared.options;
	const began = clock.now();
	const trial: Trial = {
		prepared: undefined,
		results: new Map(),
		failures: [],
		startsAtMs: providerClock.ms,
	};
	try {
		const resolve = namesOf(run);
		const prepare = () => prepareStep(step, iteration ?? 1, run, resolve);
		trial.prepared = await prepare();
		await readyFor(trial.prepared, trial, providerClock, run);
		// Its shop may give the order a number of its own.
		const isNow = madeAfter(trial.prepared, run) === undefined;
		if (isNow && (await makeOrder(trial.prepared, run))) trial.prepared = await prepare();
		yield* tryStep(trial.prepared, trial, providerClock, run);
	} catch (error) {
		if (signal?.aborted === true) trial.failures.push(interrupted(signal));
		else trial.failures.push(failureOf(error));
	}
	yield verdict(step, iteration, trial, clock.now() - began, run);
}

/** Waits until it is the step's time, and for its receiver where that is asked for. */
async function readyFor(
	{ inForce, after, item }: PreparedStep,
	trial: Trial,
	providerClock: ProviderClock,
	run: ScenarioRun,
): Promise<void> {
	const { clock, context } = run.shared.ports;
	const { signal } = run.shared.options;
	const { waitFor, reach, speed } = inForce;
	await clock.sleep(millis(after / speed), signal);
	providerClock.ms += after;
	trial.startsAtMs = providerClock.ms;
	if (waitFor === undefined) return;
	const userAgent = userAgentOf(context);
	await answersWithin(item.request.url, waitFor, { clock, reach, userAgent, signal });
}

async function* tryStep(
	prepared: PreparedStep,
	trial: Trial,
	providerClock: ProviderClock,
	run: ScenarioRun,
): AsyncGenerator<RunEvent> {
	const { clock } = run.shared.ports;
	const { signal } = run.shared.options;
	const { inForce: settings, probes, step, item, expect } = prepared;
	const before = await Promise.all(
		probes.map((probe) => (looksBefore(probe.rules) ? probe.read() : undefined)),
	);
	await clock.sleep(settings.delay, signal);
	yield* deliverStep(prepared, trial, providerClock, run);
	const results = [...trial.results.values()];
	trial.failures.push(
		...distinct(
			results.flatMap((result) =>
				deliveryFailures(expect, result, prepared.stoppedFor !== undefined, signal),
			),
		),
	);
	if (signal?.aborted === true) return;
	const seen = await Promise.all(
		probes.map((probe, at) => seenAfter(probe, before[at], clock, signal)),
	);
	trial.failures.push(...seen.flatMap(({ failures }) => failures));
	const last = results[0]?.last;
	remember(run, step, {
		request: item.values,
		response:
			last?.kind !== 'answered'
				? undefined
				: {
						status: last.status,
						headers: last.headers,
						body: Buffer.from(last.body).toString('utf8'),
					},
		probe: stateValue(seen[0]?.state),
	});
}

async function* deliverStep(
	prepared: PreparedStep,
	trial: Trial,
	providerClock: ProviderClock,
	run: ScenarioRun,
): AsyncGenerator<RunEvent> {
	const { ports, options, deliveries, tally } = run.shared;
	const { item, said, inForce: settings, stoppedFor, step } = prepared;
	const { timeout, reach, speed } = settings;
	const pause =
		stoppedFor === undefined || ports.receiver === undefined
			? undefined
			: await pausedReceiver(ports.receiver, stoppedFor, speed, ports.clock);
	const attempt = ports.attemptWith({ ...reach, timeout });
	const own = {
		clock: pause?.clock ?? ports.clock,
		random: ports.context.random,
		attempt,
		trying: ports.trying?.bind(ports),
	};
	const orderAfter = madeAfter(prepared, run);
	const failsAtFirst = stoppedFor !== undefined || orderAfter !== undefined;
	const copies = Array.from({ length: settings.duplicate }, () => {
		const delivery = deliveries.next();
		trial.results.set(delivery, nothingYet(delivery));
		ports.composed?.(delivery, { item, said, failsAtFirst });
		const ids = { run: options.run, delivery, scenario: run.scenario.id, step: step.number };
		return deliver(prepared.delivery, ids, own, { speed, signal: options.signal });
	});
	const [only] = copies;
	const start = providerClock.ms;
	try {
		for await (const event of copies.length === 1 && only !== undefined ? only : merged(copies)) {
			pause?.onEvent(event);
			if ('delivery' in event) {
				const result = withEvent(
					trial.results.get(event.delivery) ?? nothingYet(event.delivery),
					event,
				);
				trial.results.set(event.delivery, result);
			}
			if (event.type === 'attempt')
				providerClock.ms = Math.max(providerClock.ms, start + event.offsetMs);
			countFinished(tally, event);
			yield event;
			if (event.type === 'attempt' && event.attempt === orderAfter) await makeOrder(prepared, run);
		}
		// It was acknowledged before its order was there.
		if (orderAfter !== undefined) await makeOrder(prepared, run);
	} finally {
		await pause?.end();
	}
}

/** Identical copies fail alike. */
function distinct(failures: readonly StepFailure[]): StepFailure[] {
	const texts = failures.map((failure) => JSON.stringify(failure));
	return failures.filter((_, at) => texts.indexOf(texts[at] ?? '') === at);
}

function verdict(
	{ number, event, file, spot }: FireStep,
	iteration: number | undefined,
	{ prepared, results, failures, startsAtMs }: Trial,
	tookMs: number,
	{ scenario, shared }: ScenarioRun,
): RunEvent {
	const probes: readonly FilledProbe[] = prepared?.probes ?? [];
	return {
		type: 'step',
		run: shared.options.run,
		scenario: scenario.id,
		step: number,
		...(iteration === undefined ? {} : { iteration }),
		name: file.name ?? event.id,
		event: event.id,
		passed: failures.length === 0,
		expected:
			failures.length === 0
				? expectedText(prepared?.expect, probes)
				: failures.map(({ expected }) => expected).join('; '),
		got:
			failures.length === 0
				? gotText([...results.values()], prepared?.expect, shared.ports.say)
				: failures.map(({ got }) => got).join('; '),
		failures,
		file: scenario.document.file,
		line: spot.line,
		deliveries: [...results.keys()],
		startsAtMs,
		tookMs,
		reproduce:
			prepared === undefined
				? ''
				: shared.ports.print([event.id], { ...prepared.said, waitFor: undefined }),
	};
}
