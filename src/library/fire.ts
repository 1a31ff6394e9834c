import { findEvent } from '../catalogue/catalogue.ts';
import { fire as deliveries } from '../delivery/fire.ts';
import { loadCatalogue } from '../engine/catalogue.ts';
import { composeAll } from '../engine/composing.ts';
import { deliveryOf } from '../engine/delivery-of.ts';
import type { EngineContext } from '../engine/engine-context.ts';
import { networkPorts } from '../engine/ports.ts';
import { readDelivery } from '../engine/read-flags.ts';
import { remoteRefusal } from '../engine/remote-problem.ts';
import { runId } from '../engine/run-id.ts';
import { jsonEvent } from '../report/json/run-event.ts';
import { deliveryFlags, refuseNowhere, shapingFlags } from './flags-of.ts';
import { keepingSecrets } from './keeping-secrets.ts';
import { libraryContext } from './library-context.ts';
import type {
	AttemptEvent,
	DeliveryOptions,
	DeliveryResult,
	FinishedEvent,
	FireResult,
	RunEvent,
	SetupOptions,
	ShapingOptions,
	StartedEvent,
	SummaryEvent,
	WatchOptions,
} from './types.ts';

/**
 * Delivers one or more events, following each message's schedule; `speed` is `'max'` unless said otherwise, so a schedule
 * of twenty minutes takes as long as its answers.
 *
 * @param events `<provider>/<event>`, one after the other
 * @returns what came of it, also where the receiver refused or nobody was there: that is a result, no error
 * @throws Problem for anything a caller can fix, before anything is sent; the signal's reason when it is aborted
 */
export async function fire(events: string | readonly string[], options: FireOptions): Promise<FireResult> {
	const { signal } = options;
	signal?.throwIfAborted();
	refuseNowhere(options.to);
	const context = libraryContext(options, signal);
	return keepingSecrets(context, () => fired(events, options, context));
}

type FireOptions = ShapingOptions & DeliveryOptions & SetupOptions & WatchOptions & { readonly bail?: boolean };

async function fired(
	events: string | readonly string[],
	options: FireOptions,
	context: EngineContext,
): Promise<FireResult> {
	const { signal, onEvent } = options;
	const flags = { ...shapingFlags(options), ...deliveryFlags(options, options.speed ?? 'max') };
	const catalogue = await loadCatalogue(flags, context);
	const found = [events].flat().map((id) => findEvent(catalogue, id));
	const settings = readDelivery(flags);
	const to = options.to.toString();
	const composed = await composeAll(
		found.map((event) => ({ event, to, flags })),
		context,
	);
	const targets = composed.map(({ request }) => request.url);
	await remoteRefusal()(targets, settings.allowRemote, context.interruption());
	const { timeout, insecure, allowRemote, speed, retry, duplicate, delay } = settings;
	const { clock, random } = context;
	const ports = { clock, random, attempt: networkPorts(context).attemptWith({ timeout, insecure, allowRemote }) };
	const run = runId(clock.now(), random);
	const pace = { run, speed, duplicate, delay, bail: options.bail === true, signal: context.interruption() };
	const told: RunEvent[] = [];
	for await (const event of deliveries(
		composed.map((item) => deliveryOf(item, retry)),
		ports,
		pace,
	)) {
		const shown = jsonEvent(event, context.mask);
		told.push(shown);
		onEvent?.(shown);
	}
	signal?.throwIfAborted();
	return resultOf(run, told);
}

function resultOf(run: string, told: readonly RunEvent[]): FireResult {
	const of = <T extends RunEvent['type']>(type: T) =>
		told.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);
	const attempts = of('attempt');
	const finished = of('finished');
	const results = of('started').map((started) => deliveryResult(started, attempts, finished));
	const summary: SummaryEvent | undefined = of('summary')[0];
	return {
		run,
		acknowledged: results.length > 0 && results.every(({ acknowledged }) => acknowledged),
		deliveries: results,
		exitCode: summary?.exitCode ?? 70,
	};
}

function deliveryResult(
	{ delivery, event, options, target }: StartedEvent,
	attempts: readonly AttemptEvent[],
	all: readonly FinishedEvent[],
): DeliveryResult {
	const finished = all.find((one) => one.delivery === delivery);
	return {
		delivery,
		event,
		options,
		target,
		acknowledged: finished?.acknowledged === true,
		why: finished?.why ?? 'interrupted',
		lastStatus: finished?.lastStatus ?? null,
		attempts: attempts.filter((one) => one.delivery === delivery),
	};
}
