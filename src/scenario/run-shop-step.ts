import { countFinished } from '../delivery/delivery-tally.ts';
import { judge } from '../delivery/judge.ts';
import { millis } from '../model/duration.ts';
import type { Outcome } from '../model/outcome.ts';
import type { RunEvent, StepFailure } from '../model/run-event.ts';
import type { OrderNames } from '../order/order.ts';
import { callLine } from './call-line.ts';
import type { ShopStep } from './plan.ts';
import { type PreparedShopStep, prepareShopStep } from './prepare-shop-step.ts';
import { stateValue } from './probe-rules.ts';
import { namesOf, type ProviderClock, remember, type ScenarioRun } from './scenario-run.ts';
import { nothingYet, type StepDelivery, withEvent } from './step-delivery.ts';
import { failureOf } from './step-failure.ts';
import { type FilledProbe, looksBefore, seenAfter } from './step-probe.ts';
import {
	deliveryFailures,
	type Expected,
	expectedText,
	gotText,
	interrupted,
} from './step-verdict.ts';

/** What a step has come to; what was attempted is told whatever happens next. */
interface Trial {
	expect: Expected;
	probes: readonly FilledProbe[];
	deliveries: readonly number[];
	got: string;
	reproduce: string;
	readonly failures: StepFailure[];
	startsAtMs: number;
}

/** What a step did. */
interface Done {
	readonly result: StepDelivery | undefined;
	readonly order: OrderNames;
	readonly got: string;
	readonly failures: readonly StepFailure[];
}

const nobody: OrderNames = { reference: '', amount: '' };

/** Waits, looks, calls or pays, looks, judges; ends with its `step` event. @throws our bugs */
export async function* runShopStep(
	step: ShopStep,
	iteration: number | undefined,
	providerClock: ProviderClock,
	run: ScenarioRun,
): AsyncGenerator<RunEvent> {
	const { clock } = run.shared.ports;
	const { signal } = run.shared.options;
	const began = clock.now();
	const trial: Trial = {
		...{ expect: undefined, probes: [], deliveries: [], got: '', reproduce: '', failures: [] },
		startsAtMs: providerClock.ms,
	};
	try {
		const prepared = prepareShopStep(step, run, namesOf(run));
		await clock.sleep(millis(prepared.after / prepared.inForce.speed), signal);
		providerClock.ms += prepared.after;
		trial.startsAtMs = providerClock.ms;
		yield* tryStep(step, prepared, trial, run);
	} catch (error) {
		if (signal?.aborted === true) trial.failures.push(interrupted(signal));
		else trial.failures.push(failureOf(error));
	}
	yield verdict(step, iteration, trial, clock.now() - began, run);
}

async function* tryStep(
	step: ShopStep,
	prepared: PreparedShopStep,
	trial: Trial,
	run: ScenarioRun,
): AsyncGenerator<RunEvent> {
	const { clock, payments } = run.shared.ports;
	const { signal } = run.shared.options;
	const { does, probesOf } = prepared;
	if (does.kind === 'call') trial.reproduce = callLine(does.request);
	const known = payments?.newest() ?? nobody;
	const named = does.kind === 'pay' && does.order !== undefined;
	const probed = probesOf(named ? { reference: does.order, amount: '' } : known);
	const before = await Promise.all(
		probed.map((probe) => (looksBefore(probe.rules) ? probe.read() : undefined)),
	);
	trial.expect = does.kind === 'call' ? ofCall(prepared.expect) : prepared.expect;
	const { result, order, got, failures } = yield* does.kind === 'call'
		? called(does.request, prepared, trial, run)
		: paid(does, step, trial, run);
	trial.got = got;
	trial.failures.push(...failures);
	if (signal?.aborted === true) return;
	trial.probes = probesOf(order);
	const seen = await Promise.all(
		trial.probes.map((probe, at) => seenAfter(probe, before[at], clock, signal)),
	);
	trial.failures.push(...seen.flatMap((one) => one.failures));
	remember(run, step, {
		response: responseOf(result?.last),
		probe: stateValue(seen[0]?.state),
	});
}

/** Any page will do, unless it says otherwise. */
const ofCall = (expect: Expected): Expected =>
	expect === 'nothing' || expect?.status !== undefined || expect?.acknowledged !== undefined
		? expect
		: { ...expect, status: anyPage };

const anyPage: ['2xx', '3xx'] = ['2xx', '3xx'];

/** Of an answer that is not the wanted one: what somebody needs to see why. */
const mostShown = 300;

async function* called(
	request: Extract<PreparedShopStep['does'], { kind: 'call' }>['request'],
	{ inForce: { reach, timeout } }: PreparedShopStep,
	{ expect }: Trial,
	{ shared: { ports, options, tally } }: ScenarioRun,
): AsyncGenerator<RunEvent, Done> {
	const attempt = ports.attemptWith({ ...reach, timeout });
	const { outcome, reached } = await attempt(request, ports.clock.now(), options.signal);
	tally.calls++;
	tally.reached ||= reached;
	const { acknowledged: isFine, reason } = judge({ status: anyPage }, outcome);
	const result: StepDelivery = {
		...nothingYet(0),
		...{ acknowledged: isFine, attempts: 1, last: outcome, reason },
		why: isFine ? 'acknowledged' : reached ? 'gave-up' : 'never-reached',
	};
	const failures = deliveryFailures(expect, result, false, options.signal);
	const text = responseOf(outcome)?.body.slice(0, mostShown).trim() ?? '';
	const shown = failures.some(({ kind }) => kind === 'status') && text !== '' ? `: ${text}` : '';
	return {
		result,
		order: ports.payments?.newest() ?? nobody,
		got: outcome.kind === 'answered' ? `status ${outcome.status}` : (reason ?? outcome.kind),
		failures: failures.map((one) =>
			one.kind === 'status' ? { ...one, got: one.got + shown } : one,
		),
	};
}

async function* paid(
	{ outcome, order }: Extract<PreparedShopStep['does'], { kind: 'pay' }>,
	{ number }: ShopStep,
	trial: Trial,
	{ scenario, shared }: ScenarioRun,
): AsyncGenerator<RunEvent, Done> {
	const { ports, options, deliveries, tally } = shared;
	const { payments } = ports;
	if (payments === undefined) throw new Error('a payment without a sandbox was not refused');
	const results = new Map<number, StepDelivery>();
	const paying = payments.pay({
		outcome,
		order,
		signal: options.signal,
		next: () => deliveries.next(),
		composed: (delivery, callback) => ports.composed?.(delivery, callback),
	});
	for (;;) {
		const { done, value } = await paying.next();
		if (done === true) {
			trial.deliveries = value.deliveries;
			const last = results.get(value.deliveries.at(-1) ?? 0);
			const { reference, state, untold } = value;
			const about = `${reference} is ${state}`;
			return {
				result: last,
				order: value,
				got: `${about}; ${last === undefined ? `no callback: ${untold}` : gotText([last], trial.expect, ports.say)}`,
				failures:
					last === undefined
						? untoldFailures(outcome, trial.expect, untold ?? '')
						: deliveryFailures(trial.expect, last, false, options.signal),
			};
		}
		const event = placed(value, { run: options.run, scenario: scenario.id, step: number });
		if ('delivery' in event) {
			const before = results.get(event.delivery) ?? nothingYet(event.delivery);
			results.set(event.delivery, withEvent(before, event));
		}
		countFinished(tally, event);
		yield event;
	}
}

const placed = (
	event: RunEvent,
	where: { run: string; scenario: string; step: number },
): RunEvent => ('delivery' in event ? { ...event, ...where } : event);

/** Who pays nothing, or expects no callback, is told of none. */
function untoldFailures(outcome: string, expect: Expected, untold: string): StepFailure[] {
	const isWanted = expect !== 'nothing' && expect?.acknowledged !== false && outcome !== 'never';
	return isWanted
		? [{ kind: 'acknowledged', expected: 'a callback', got: `none went: ${untold}` }]
		: [];
}

function responseOf(last: Outcome | undefined) {
	if (last?.kind !== 'answered') return undefined;
	const { status, headers, body } = last;
	return { status, headers, body: Buffer.from(body).toString('utf8') };
}

function verdict(
	{ number, event, file, spot }: ShopStep,
	iteration: number | undefined,
	{ expect, probes, deliveries, got, reproduce, failures, startsAtMs }: Trial,
	tookMs: number,
	{ scenario, shared }: ScenarioRun,
): RunEvent {
	const isFine = failures.length === 0;
	return {
		type: 'step',
		run: shared.options.run,
		scenario: scenario.id,
		step: number,
		...(iteration === undefined ? {} : { iteration }),
		name: file.name ?? event.id,
		event: event.id,
		passed: isFine,
		expected: isFine
			? expectedText(expect, probes)
			: failures.map(({ expected }) => expected).join('; '),
		got: isFine ? got : failures.map((one) => one.got).join('; '),
		failures,
		file: scenario.document.file,
		line: spot.line,
		deliveries,
		startsAtMs,
		tookMs,
		reproduce,
	};
}
