import { CallbackSource } from '../burst/callback-source.ts';
import { spread } from '../burst/draws.ts';
import type { FloodPlan } from '../burst/flood-plan.ts';
import { shareOf } from '../burst/mix.ts';
import { placesOf, shuffled } from '../burst/places.ts';
import type { Composed } from '../compose/compose.ts';
import { seedFor } from '../compose/seeded-random.ts';
import { remoteRefusal } from '../delivery/remote-problem.ts';
import { Problem } from '../model/problem.ts';
import type { Settings } from '../model/settings.ts';
import { type ComposeOrder, composeOne } from '../settings/composing.ts';
import { type DeliveryInForce, deliveryInForce } from '../settings/delivery-in-force.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { runInstant, runSeed } from '../settings/shaping.ts';
import { burstKind } from './burst-kind.ts';
import { runId } from './run-id.ts';

/** What a burst is told beside the settings of its callbacks. */
export interface BurstSettings {
	/** Different callbacks; Infinity with a duration alone. */
	readonly count: number;
	readonly connections: number;
	/** A second. */
	readonly rate: number | undefined;
	/** Milliseconds. */
	readonly duration: number | undefined;
	/** Share, 0 to 1. */
	readonly duplicates: number;
	readonly shuffle: boolean;
}

/** One event of the mix, and its weight. */
export interface BurstShare extends ComposeOrder {
	readonly weight: number;
}

export interface PreparedBurst {
	readonly run: string;
	readonly seed: string;
	/** Epoch milliseconds. */
	readonly now: number;
	/** The first callback of each event. */
	readonly composed: readonly Composed[];
	readonly inForce: DeliveryInForce;
	readonly plan: FloodPlan;
}

/** Composes the first callback of each event; refuses all that can be. @throws Problem */
export async function prepareBurst(
	shares: readonly BurstShare[],
	burst: BurstSettings,
	context: EngineContext,
): Promise<PreparedBurst> {
	const [{ settings } = { settings: {} as Settings }] = shares;
	for (const setting of ['ref', 'rawBody'] as const)
		if (settings[setting] !== undefined)
			throw new Problem(
				'option-conflict',
				(say) => `a burst sends many different callbacks, and ${say(setting)} makes them the same`,
				{ hint: 'Leave it out, or send it with callsim fire.' },
			);
	const inForce = deliveryInForce(settings);
	const seed = runSeed(settings, context);
	const now = runInstant(settings, context);
	const mix = seedFor(seed, 'mix');
	const mixed = (place: number, size: number, time: number) =>
		shuffled(place, size, spread(mix + time));
	const sources: CallbackSource[] = [];
	const composed: Composed[] = [];
	for (const { event, to, settings: said } of shares) {
		const order = { event, to, settings: { ...said, fresh: true, seed, now } };
		composed.push(await composeOne(order, context));
		const source = new CallbackSource(await burstKind(order, context), seed, now);
		await source.begin();
		sources.push(source);
	}
	await remoteRefusal()(
		composed.map(({ request }) => request.url),
		inForce.reach,
		context.interruption(),
	);
	const { count, connections, rate, duration, duplicates, shuffle } = burst;
	const plan: FloodPlan = {
		sources,
		sourceOf: shareOf(
			shares.map(({ weight }) => weight),
			mixed,
		),
		places: placesOf({
			count,
			copies: inForce.duplicate,
			duplicates,
			shuffle: shuffle ? seedFor(seed, 'shuffle') : undefined,
		}),
		connections: Math.min(connections, count * (inForce.duplicate + Math.ceil(duplicates))),
		rate,
		phase: 0,
		duration: duration ?? Number.POSITIVE_INFINITY,
		speed: inForce.speed,
		bail: inForce.bail,
	};
	return { run: runId(context.clock.now(), context.random), seed, now, composed, inForce, plan };
}
