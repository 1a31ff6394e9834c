import type { Composed } from '../compose/compose.ts';
import { type Attempt, httpAttempt } from '../delivery/attempt.ts';
import type { DeliveryPorts } from '../delivery/deliver.ts';
import { fire, notStarted } from '../delivery/fire.ts';
import { remoteRefusal } from '../delivery/remote-problem.ts';
import type { Clock } from '../model/clock.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { Settings } from '../model/settings.ts';
import { type ComposeOrder, composeAll } from '../settings/composing.ts';
import { type DeliveryInForce, deliveryInForce } from '../settings/delivery-in-force.ts';
import { deliveryOf } from '../settings/delivery-of.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { repeatable, runInstant, runSeed } from '../settings/shaping.ts';
import { announcing } from './announced.ts';
import { awaitReceivers, type Waiting } from './await-receiver.ts';
import { runId } from './run-id.ts';
import { noteUsualPort } from './usual-port.ts';

/** Callbacks, ready to be delivered. */
export interface PreparedFire {
	/** Id of the run. */
	readonly run: string;
	readonly composed: readonly Composed[];
	/** Of each, everything that is said of it. */
	readonly said: readonly Settings[];
	/** How all are delivered, as the first says it. */
	readonly inForce: DeliveryInForce;
}

/** Composes and refuses everything that can be refused. @throws Problem; nothing is sent then */
export async function prepareFire(
	orders: readonly ComposeOrder[],
	context: EngineContext,
): Promise<PreparedFire> {
	const drawn = { seed: runSeed({}, context), now: runInstant({}, context) };
	const repeated = orders.map((order) => ({
		...order,
		settings: repeatable(order.settings, drawn),
	}));
	const said = repeated.map(({ settings }) => settings);
	return preparedOf(await composeAll(repeated, context), said, context);
}

/** What is composed already. @throws Problem `target-remote` */
export async function preparedOf(
	composed: readonly Composed[],
	said: readonly Settings[],
	context: EngineContext,
): Promise<PreparedFire> {
	const [first = {}] = said;
	const inForce = deliveryInForce(first);
	const targets = composed.map(({ request }) => request.url);
	await remoteRefusal()(targets, inForce.reach, context.interruption());
	return { run: runId(context.clock.now(), context.random), composed, said, inForce };
}

export interface FirePorts {
	/** The context's, or one that shows how it sleeps. */
	readonly clock?: Clock;
	/** Around every attempt. */
	during?(attempt: Attempt): Attempt;
	/** Told before every attempt. */
	readonly trying?: DeliveryPorts['trying'] | undefined;
	readonly waiting: Waiting;
}

/** Waits for the receiver where that is asked for, delivers in turn, ends with the summary. */
export async function* fireDeliveries(
	{ run, composed, inForce }: PreparedFire,
	context: EngineContext,
	{ clock = context.clock, during = (attempt) => attempt, trying, waiting }: FirePorts,
): AsyncGenerator<RunEvent> {
	const { timeout, reach, retry, waitFor, ...pace } = inForce;
	const { random } = context;
	const signal = context.interruption();
	const targets = composed.map(({ request: { url } }) => ({ url, reach }));
	if (waitFor === undefined) await noteUsualPort(targets, context);
	if (waitFor !== undefined && !(await awaitReceivers(targets, waitFor, context, waiting)))
		return yield* notStarted(run, composed.length * pace.duplicate, signal);
	const attempt = during(announcing(httpAttempt({ ...reach, timeout }, random), context));
	const deliveries = composed.map((item) => deliveryOf(item, retry));
	yield* fire(deliveries, { clock, random, attempt, trying }, { ...pace, run, signal });
}
