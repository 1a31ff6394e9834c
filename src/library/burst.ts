import { parseRate, shareIn } from '../burst/load-settings.ts';
import { refuseWeights } from '../burst/mix.ts';
import { findEvent } from '../catalogue/catalogue.ts';
import { burstCallbacks } from '../engine/burst.ts';
import { loadCatalogue } from '../engine/catalogue.ts';
import { eventsOfMix } from '../engine/events-of-mix.ts';
import { prepareBurst } from '../engine/prepare-burst.ts';
import type { BurstEvent, BurstSummaryEvent } from '../model/contract/burst.ts';
import { countOf } from '../model/number-settings.ts';
import { Problem } from '../model/problem.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { inContext } from './in-context.ts';
import { deliverySettings, refuseNowhere, shapingSettings, spanOf } from './settings-of.ts';
import type { BurstOptions, BurstResult } from './types.ts';

/**
 * Sends many different callbacks over kept connections; what is not acknowledged is tried again
 * where `retry` says so.
 * @param event `<provider>/<event>`
 * @returns what came of it, also where the receiver refused or nobody was there
 * @throws Problem for anything a caller can fix, before anything is sent; the signal's reason when
 * it is aborted
 */
export async function burst(event: string, options: BurstOptions): Promise<BurstResult> {
	return inContext(options, (context) => burstOf(event, options, context));
}

async function burstOf(
	id: string,
	options: BurstOptions,
	context: EngineContext,
): Promise<BurstResult> {
	refuseNowhere(options.to);
	const { count, connections = 10, rate, durationMs, mix, duplicates = 0 } = options;
	const duration = spanOf(durationMs, 'duration');
	if (duration === 0)
		throw new Problem('usage', 'durationMs 0 is no load', { hint: 'Write durationMs: 30000.' });
	if (mix !== undefined) refuseWeights(mix);
	const usual = durationMs === undefined ? 1_000 : Number.POSITIVE_INFINITY;
	const said = {
		...shapingSettings(options),
		...deliverySettings({
			...options,
			retry: options.retry ?? 'none',
			speed: options.speed ?? 'max',
		}),
	};
	const { to } = said;
	if (to === undefined) throw new Error('a target has been asked for');
	const catalogue = await loadCatalogue(said, context);
	const base = findEvent(catalogue, id);
	const shares = Object.entries(mix ?? { [id]: 1 });
	const events = eventsOfMix(
		shares.map(([name]) => name),
		base,
		catalogue.events,
	);
	const prepared = await prepareBurst(
		events.map((event, at) => ({ event, to, settings: said, weight: shares[at]?.[1] ?? 0 })),
		{
			count: count === undefined ? usual : countOf(count, 'count', 100_000_000),
			connections: countOf(connections, 'connections', 1_000),
			rate: rate === undefined ? undefined : parseRate(String(rate)),
			duration,
			duplicates: shareIn(duplicates, 'duplicates'),
			shuffle: options.shuffle === true,
		},
		context,
	);
	const unacknowledged: string[] = [];
	let last: BurstEvent | undefined;
	for await (const event of burstCallbacks(prepared, context, {
		waiting: { onSilent: () => undefined },
		unacknowledged: (reference) => unacknowledged.push(reference),
	})) {
		options.onProgress?.(event);
		last = event;
	}
	const { v: _, type: __, ...summary } = last as BurstSummaryEvent;
	return { ...summary, unacknowledged };
}
