import type { Composed } from '../compose/compose.ts';
import { segmentsOf, valueAt } from '../compose/path.ts';
import type { Delivery } from '../delivery/deliver.ts';
import { refuseRemote } from '../delivery/remote-problem.ts';
import { parseTarget } from '../delivery/target.ts';
import { type Millis, millis, parseDuration } from '../model/duration.ts';
import { ifGiven } from '../model/if-given.ts';
import type { ExpectFile } from '../model/scenario.ts';
import type { Settings } from '../model/settings.ts';
import type { ValueObject } from '../model/value.ts';
import { textOf } from '../model/value-text.ts';
import { filledAccess, type OrderAccess } from '../order/access.ts';
import type { OrderNames } from '../order/order.ts';
import type { OrderPort } from '../order/port.ts';
import { composeOne, headersOf } from '../settings/composing.ts';
import { type DeliveryInForce, deliveryInForce } from '../settings/delivery-in-force.ts';
import { deliveryOf } from '../settings/delivery-of.ts';
import { layered } from '../settings/layered.ts';
import { filled, type ResolveName } from './fill-names.ts';
import type { FireStep } from './plan.ts';
import { namesOf, type ScenarioRun } from './scenario-run.ts';
import { setupOf } from './setup-of.ts';
import { type FilledProbe, filledProbe } from './step-probe.ts';
import { settingsOf } from './step-settings.ts';
import type { StepTarget } from './step-target.ts';
import type { Expected } from './step-verdict.ts';

/** A step with everything filled in, composed and signed. */
export interface PreparedStep {
	readonly step: FireStep;
	readonly item: Composed;
	readonly delivery: Delivery;
	/** Everything that is said of it. */
	readonly said: Settings;
	readonly inForce: DeliveryInForce;
	readonly expect: Expected;
	readonly probes: readonly FilledProbe[];
	/** What the callback says of its order. */
	readonly order: OrderNames;
	/** The reference that the scenario gives it, whatever its shop calls it. */
	readonly asked: string;
	/** How its order is made, where that is told. */
	readonly setup: OrderAccess | undefined;
	readonly shop: OrderPort;
	/** Everywhere that it sends something. */
	readonly places: readonly StepTarget[];
	/** Provider time to wait first. */
	readonly after: Millis;
	/** Provider time for which the receiver is down; undefined where it is left alone. */
	readonly stoppedFor: Millis | undefined;
}

/** @param resolve what names stand for @throws Problem, NothingThere: nothing was sent then */
export async function prepareStep(
	step: FireStep,
	iteration: number,
	run: ScenarioRun,
	resolve: ResolveName = namesOf(run),
): Promise<PreparedStep> {
	const { ports, options } = run.shared;
	const { inPlay } = options.settings;
	const { settings, to } = settingsOf(step, run.scenario, options.settings, resolve, {
		...options,
		iteration,
	});
	const inForce = deliveryInForce(settings);
	const compose = (said: Settings) =>
		composeOne({ event: step.event, to, settings: said }, ports.context, inPlay);
	const first = await compose(settings);
	const { reference: asked } = orderOf(first);
	const named = run.named.get(asked);
	const said = named === undefined ? settings : layered(settings, { ref: named }, step.event);
	const item = named === undefined ? first : await compose(said);
	const { timeout, reach } = inForce;
	const delivery = deliveryOf(item, inForce.retry);
	const shop = ports.shopWith({ ...reach, timeout, signal: options.signal });
	const order = orderOf(item);
	// Of an order that nobody has made there is nothing to see.
	const { setup: wanted, vars = {} } = run.scenario.document.value;
	const setup = setupOf(run, resolve);
	const canSee = wanted === undefined || setup !== undefined;
	const { expect, after, receiver } = step.file;
	const probes = step.probes
		.filter(({ ifConfigured }) => ifConfigured !== true || canSee)
		.flatMap(
			(probe) =>
				filledProbe(probe, resolve, shop, order, vars as ValueObject, options.settings.probe) ?? [],
		);
	const places = [
		targetOf(item, step, run),
		...probes.flatMap(({ page }) => page ?? []),
		...setupPages(order, setup, wanted?.url),
	];
	for (const { url } of places) refuseRemote(url, reach);
	const pages = [...probes, ...(setup?.kind === 'url' ? [setup] : [])];
	headersOf({ headers: pages.flatMap(({ headers }) => headers ?? []) }, ports.context);
	return {
		step,
		item,
		delivery,
		said,
		inForce,
		expect: ifGiven(expect, (rules) => judgeable(filled(rules, resolve), settings)),
		probes,
		order,
		asked,
		setup,
		shop,
		places,
		after: after === undefined ? millis(0) : parseDuration(String(after), 'after'),
		stoppedFor: ifGiven(receiver, ({ stoppedFor }) =>
			parseDuration(String(stoppedFor), 'receiver.stoppedFor'),
		),
	};
}

function targetOf(
	{ request }: Composed,
	{ file }: FireStep,
	{ scenario }: ScenarioRun,
): StepTarget {
	const { to, returnTo } = scenario.document.value;
	return { url: request.url, written: [file.to, file.returnTo, to, returnTo] };
}

/** @param written in the scenario, with its names @throws Problem `target-invalid` */
function setupPages(
	order: OrderNames,
	access: OrderAccess | undefined,
	written: string | undefined,
): StepTarget[] {
	if (access?.kind !== 'url' || order.reference === '') return [];
	const aimed = filledAccess(access, order);
	if (aimed.kind !== 'url') return [];
	return [{ url: parseTarget(aimed.url, 'the set-up’s URL'), written: [written ?? access.url] }];
}

/** A callback's URL may rightly refuse what belongs to the page to which the payer comes back. */
function judgeable(expect: ExpectFile, { returnTo }: Settings): Expected {
	return expect.ifConfigured === true && returnTo === undefined ? 'nothing' : expect;
}

/** What the callback says of the order, for `{reference}` and `{amount}`. */
function orderOf({ message, values }: Composed): OrderNames {
	const at = (path: string | undefined) =>
		path === undefined ? undefined : valueAt(values, segmentsOf(path));
	const { reference, amount } = message.roles;
	return { reference: textOf(at(reference) ?? ''), amount: textOf(at(amount) ?? '') };
}
