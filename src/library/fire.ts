import { findEvent } from '../catalogue/catalogue.ts';
import { loadCatalogue } from '../engine/catalogue.ts';
import { fireDeliveries, prepareFire } from '../engine/fire.ts';
import { jsonEvent } from '../report/json/event-json.ts';
import { providersOf } from '../settings/composing.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { besideSandbox } from './beside-sandbox.ts';
import { inContext } from './in-context.ts';
import { deliverySettings, refuseNowhere, shapingSettings } from './settings-of.ts';
import type {
	AttemptEvent,
	DeliveryOptions,
	DeliveryResult,
	FinishedEvent,
	FireResult,
	RunEvent,
	SandboxPortOptions,
	SetupOptions,
	ShapingOptions,
	StartedEvent,
	SummaryEvent,
	WatchOptions,
} from './types.ts';

/**
 * Delivers one or more events, following each message's schedule; `speed` is `'max'` unless said
 * otherwise, so a schedule of twenty minutes takes as long as its answers.
 * @param events `<provider>/<event>`, one after the other
 * @returns what came of it, also where the receiver refused or nobody was there: that is a result,
 * no error
 * @throws Problem for anything a caller can fix, before anything is sent; the signal's reason when
 * it is aborted
 */
export async function fire(
	events: string | readonly string[],
	options: FireOptions,
): Promise<FireResult> {
	return inContext(options, (context) => fireEvents(events, options, context));
}

type FireOptions = ShapingOptions &
	DeliveryOptions &
	SetupOptions &
	WatchOptions &
	SandboxPortOptions & { readonly bail?: boolean };

async function fireEvents(
	events: string | readonly string[],
	options: FireOptions,
	context: EngineContext,
): Promise<FireResult> {
	refuseNowhere(options.to);
	const { onEvent } = options;
	const said = {
		...shapingSettings(options),
		...deliverySettings({ ...options, speed: options.speed ?? 'max' }),
		bail: options.bail,
	};
	const catalogue = await loadCatalogue(said, context);
	const found = [events].flat().map((id) => findEvent(catalogue, id));
	const { to } = said;
	if (to === undefined) throw new Error('a target has been asked for');
	const prepared = await prepareFire(
		found.map((event) => ({ event, to, settings: said })),
		context,
	);
	const told: RunEvent[] = [];
	const providers = providersOf(found).map(({ id }) => id);
	return besideSandbox(options, providers, said, catalogue, context, async (beside) => {
		for await (const event of fireDeliveries(prepared, beside, {
			waiting: { onSilent: () => undefined },
		})) {
			const shown = jsonEvent(event, context.mask);
			told.push(shown);
			onEvent?.(shown);
		}
		return resultOf(told);
	});
}

function resultOf(told: readonly RunEvent[]): FireResult {
	const of = <T extends RunEvent['type']>(type: T) =>
		told.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);
	const attempts = of('attempt');
	const finished = of('finished');
	const results = of('started').map((started) => deliveryResult(started, attempts, finished));
	const summary: SummaryEvent | undefined = of('summary')[0];
	return {
		run: summary?.run ?? '',
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
