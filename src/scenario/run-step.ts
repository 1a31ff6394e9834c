import { deliver } from '../delivery/deliver.ts';
import { merged } from '../delivery/merged.ts';
import { answersWithin } from '../delivery/wait-for.ts';
import type { RunEvent, StepFailure } from '../model/run-event.ts';
import { userAgentOf } from '../settings/user-agent.ts';
import { madeAfter, makeStepOrder } from './make-order.ts';
import type { FireStep } from './plan.ts';
import { type PreparedStep, prepareStep } from './prepare-step.ts';
import { pausedReceiver } from './receiver-pause.ts';
import { namesOf, type ScenarioRun } from './scenario-run.ts';
import { nothingYet } from './step-delivery.ts';
import { heed, lookAfter, lookBefore, type StepTrial, waitUntilDue } from './step-trial.ts';
import { deliveryFailures, gotText } from './step-verdict.ts';

/** Waits, looks, delivers, looks again, judges. @throws what fails the step, and our bugs */
export async function* tryFireStep(step: FireStep, trial: StepTrial): AsyncGenerator<RunEvent> {
	const { run } = trial;
	const resolve = namesOf(run);
	const prepare = async () => {
		const prepared = await prepareStep(step, trial.iteration ?? 1, run, resolve);
		trial.expect = prepared.expect;
		trial.probes = prepared.probes;
		const said = { ...prepared.said, waitFor: undefined };
		trial.reproduce = run.shared.ports.print([step.event.id], said);
		return prepared;
	};
	let prepared = await prepare();
	await waitUntilDue(prepared, trial);
	await waitForReceiver(prepared, run);
	// Its shop may give the order a number of its own.
	const isNow = madeAfter(prepared, run) === undefined;
	if (isNow && (await makeStepOrder(prepared, run))) prepared = await prepare();
	yield* sendPrepared(prepared, trial);
}

/** Where that is asked for. */
async function waitForReceiver(
	{ inForce: { waitFor, reach }, item }: PreparedStep,
	{ shared: { ports, options } }: ScenarioRun,
): Promise<void> {
	if (waitFor === undefined) return;
	const { clock, context } = ports;
	const userAgent = userAgentOf(context);
	const { signal } = options;
	await answersWithin(item.request.url, waitFor, { clock, reach, userAgent, signal });
}

async function* sendPrepared(prepared: PreparedStep, trial: StepTrial): AsyncGenerator<RunEvent> {
	const { ports, options } = trial.run.shared;
	const { inForce, probes, step, item, expect, stoppedFor } = prepared;
	const before = await lookBefore(probes);
	await ports.clock.sleep(inForce.delay, options.signal);
	yield* deliverStep(prepared, trial);
	const results = [...trial.results.values()];
	trial.got = gotText(results, expect, ports.say);
	const isStopped = stoppedFor !== undefined;
	trial.failures.push(
		...distinct(
			results.flatMap((result) => deliveryFailures(expect, result, isStopped, options.signal)),
		),
	);
	await lookAfter(step, before, trial, { request: item.values, last: results[0]?.last });
}

async function* deliverStep(prepared: PreparedStep, trial: StepTrial): AsyncGenerator<RunEvent> {
	const { run, providerClock } = trial;
	const { ports, options, deliveries } = run.shared;
	const { item, said, inForce, stoppedFor, step } = prepared;
	const { timeout, reach, speed, duplicate } = inForce;
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
	const copies = Array.from({ length: duplicate }, () => {
		const delivery = deliveries.next();
		trial.results.set(delivery, nothingYet);
		ports.composed?.(delivery, { item, said, failsAtFirst });
		const ids = { run: options.run, delivery, scenario: run.scenario.id, step: step.number };
		return deliver(prepared.delivery, ids, own, { speed, signal: options.signal });
	});
	const [only] = copies;
	const start = providerClock.ms;
	try {
		for await (const event of copies.length === 1 && only !== undefined ? only : merged(copies)) {
			pause?.onEvent(event);
			heed(trial, event);
			if (event.type === 'attempt')
				providerClock.ms = Math.max(providerClock.ms, start + event.offsetMs);
			yield event;
			if (event.type === 'attempt' && event.attempt === orderAfter)
				await makeStepOrder(prepared, run);
		}
		// It was acknowledged before its order was there.
		if (orderAfter !== undefined) await makeStepOrder(prepared, run);
	} finally {
		await pause?.end();
	}
}

/** Identical copies fail alike. */
function distinct(failures: readonly StepFailure[]): StepFailure[] {
	const texts = failures.map((failure) => JSON.stringify(failure));
	return failures.filter((_, at) => texts.indexOf(texts[at] ?? '') === at);
}
