import { judge } from '../delivery/judge.ts';
import type { RunEvent, StepFailure } from '../model/run-event.ts';
import type { OrderNames } from '../order/order.ts';
import { callLine } from './call-line.ts';
import type { ShopStep } from './plan.ts';
import { type PreparedShopStep, prepareShopStep } from './prepare-shop-step.ts';
import { namesOf, type ScenarioRun } from './scenario-run.ts';
import { nothingYet, responseOf, type StepDelivery } from './step-delivery.ts';
import { heed, lookAfter, lookBefore, type StepTrial, waitUntilDue } from './step-trial.ts';
import { deliveryFailures, type Expected, gotText } from './step-verdict.ts';

type Call = Extract<PreparedShopStep['does'], { kind: 'call' }>;
type Payment = Extract<PreparedShopStep['does'], { kind: 'pay' }>;

/** What a step did. */
interface Done {
	readonly result: StepDelivery | undefined;
	readonly order: OrderNames;
	readonly got: string;
	readonly failures: readonly StepFailure[];
}

const nobody: OrderNames = { reference: '', amount: '' };

/** Waits, looks, calls or pays, looks, judges. @throws what fails the step, and our bugs */
export async function* tryShopStep(step: ShopStep, trial: StepTrial): AsyncGenerator<RunEvent> {
	const { run } = trial;
	const prepared = prepareShopStep(step, run, namesOf(run));
	await waitUntilDue(prepared, trial);
	const { does, probesOf, expect } = prepared;
	if (does.kind === 'call') trial.reproduce = callLine(does.request);
	const known =
		does.kind === 'pay' && does.order !== undefined
			? { reference: does.order, amount: '' }
			: newestOrder(run);
	const before = await lookBefore(probesOf(known));
	trial.expect = does.kind === 'call' ? ofCall(expect) : expect;
	const { result, order, got, failures } =
		does.kind === 'call' ? await call(does, prepared, trial) : yield* pay(does, step, trial);
	trial.got = got;
	trial.failures.push(...failures);
	if (run.shared.options.signal?.aborted !== true) trial.probes = probesOf(order);
	await lookAfter(step, before, trial, { last: result?.last });
}

const newestOrder = ({ shared }: ScenarioRun): OrderNames =>
	shared.ports.payments?.newest() ?? nobody;

/** Any page will do, unless it says otherwise. */
const ofCall = (expect: Expected): Expected =>
	expect === 'nothing' || expect?.status !== undefined || expect?.acknowledged !== undefined
		? expect
		: { ...expect, status: anyPage };

const anyPage: ['2xx', '3xx'] = ['2xx', '3xx'];

/** Of an answer that is not the wanted one: what somebody needs to see why. */
const mostShown = 300;

async function call(
	{ request }: Call,
	{ inForce: { reach, timeout } }: PreparedShopStep,
	{ expect, run }: StepTrial,
): Promise<Done> {
	const { ports, options, tally } = run.shared;
	const attempt = ports.attemptWith({ ...reach, timeout });
	const { outcome, reached } = await attempt(request, ports.clock.now(), options.signal);
	tally.calls++;
	tally.reached ||= reached;
	const { acknowledged, reason } = judge({ status: anyPage }, outcome);
	const unacknowledged = reached ? 'gave-up' : 'never-reached';
	const result: StepDelivery = {
		...nothingYet,
		...{ acknowledged, attempts: 1, last: outcome, reason },
		why: acknowledged ? 'acknowledged' : unacknowledged,
	};
	const failures = deliveryFailures(expect, result, false, options.signal);
	const text = responseOf(outcome)?.body.slice(0, mostShown).trim() ?? '';
	const shown = text === '' ? '' : `: ${text}`;
	return {
		result,
		order: newestOrder(run),
		got: outcome.kind === 'answered' ? `status ${outcome.status}` : (reason ?? outcome.kind),
		failures: failures.map((one) =>
			one.kind === 'status' ? { ...one, got: one.got + shown } : one,
		),
	};
}

async function* pay(
	{ outcome, order }: Payment,
	{ number }: ShopStep,
	trial: StepTrial,
): AsyncGenerator<RunEvent, Done> {
	const { scenario, shared } = trial.run;
	const { ports, options, deliveries } = shared;
	const { payments } = ports;
	if (payments === undefined) throw new Error('a payment without a sandbox was not refused');
	const place = { run: options.run, scenario: scenario.id, step: number };
	const paying = payments.pay({
		outcome,
		order,
		signal: options.signal,
		next: () => deliveries.next(),
		composed(delivery, callback) {
			trial.results.set(delivery, nothingYet);
			ports.composed?.(delivery, callback);
		},
	});
	let step = await paying.next();
	for (; step.done !== true; step = await paying.next()) {
		const event = 'delivery' in step.value ? { ...step.value, ...place } : step.value;
		heed(trial, event);
		yield event;
	}
	const { reference, amount, state, untold = '' } = step.value;
	const last = [...trial.results.values()].at(-1);
	const callback =
		last === undefined ? `no callback: ${untold}` : gotText([last], trial.expect, ports.say);
	return {
		result: last,
		order: { reference, amount },
		got: `${reference} is ${state}; ${callback}`,
		failures:
			last === undefined
				? untoldFailures(outcome, trial.expect, untold)
				: deliveryFailures(trial.expect, last, false, options.signal),
	};
}

/** Who pays nothing, or expects no callback, is told of none. */
function untoldFailures(outcome: string, expect: Expected, untold: string): StepFailure[] {
	const isWanted = expect !== 'nothing' && expect?.acknowledged !== false && outcome !== 'never';
	return isWanted
		? [{ kind: 'acknowledged', expected: 'a callback', got: `none went: ${untold}` }]
		: [];
}
