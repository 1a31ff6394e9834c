import type { BurstTally } from '../burst/burst-tally.ts';
import { CallbackSource } from '../burst/callback-source.ts';
import { Flood } from '../burst/flood.ts';
import type { FloodAttempt, FloodPlan } from '../burst/flood-plan.ts';
import { shareOf } from '../burst/mix.ts';
import { placesOf, shuffled } from '../burst/places.ts';
import type { Composed } from '../compose/compose.ts';
import { seedFor } from '../compose/seeded-random.ts';
import { longestTimer } from '../delivery/clock.ts';
import { RemoteAddress } from '../delivery/guarded-lookup.ts';
import { lineOpener } from '../delivery/kept-line.ts';
import { remoteProblem, remoteRefusal } from '../delivery/remote-problem.ts';
import type { BurstEvent } from '../model/contract/burst.ts';
import { millis } from '../model/duration.ts';
import { exitCodeOf } from '../model/exit-code.ts';
import { instantText } from '../model/instant.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { Settings } from '../model/settings.ts';
import { type ComposeOrder, composeOne } from '../settings/composing.ts';
import { type DeliveryInForce, deliveryInForce } from '../settings/delivery-in-force.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { runInstant, runSeed } from '../settings/shaping.ts';
import { awaitReceivers, type Waiting } from './await-receiver.ts';
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
	const mixed = (place: number, size: number) => shuffled(place, size, seedFor(seed, 'mix'));
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
		duration: duration ?? Number.POSITIVE_INFINITY,
		speed: inForce.speed,
		bail: inForce.bail,
	};
	return { run: runId(context.clock.now(), context.random), seed, now, composed, inForce, plan };
}

export interface BurstPorts {
	readonly waiting: Waiting;
	/** Told of every callback that ends unacknowledged. */
	unacknowledged(reference: string): void;
	readonly trying?: ((about: FloodAttempt) => void) | undefined;
}

/** Sends them, tells once a second how far it is, and ends with the summary. @throws Problem */
export async function* burstCallbacks(
	{ run, seed, now, composed, inForce, plan }: PreparedBurst,
	context: EngineContext,
	{ waiting, unacknowledged, trying }: BurstPorts,
): AsyncGenerator<BurstEvent> {
	const signal = context.interruption();
	const { reach, timeout, waitFor, delay } = inForce;
	const [first] = composed;
	if (first === undefined) throw new Error('a burst has an event');
	const target = first.request.url;
	const isThere =
		waitFor === undefined ||
		(await awaitReceivers([{ url: target, reach }], waitFor, context, waiting));
	const keepsBody = plan.sources.some(({ acknowledge }) => acknowledge.body !== undefined);
	const openLine = await lineOpener(target, { ...reach, timeout, keepsBody });
	const flood = new Flood(plan, {
		now: () => Number(process.hrtime.bigint()) / 1e6,
		epoch: () => context.clock.now(),
		later(span, wake) {
			const timer = setTimeout(wake, Math.min(span, longestTimer));
			return () => clearTimeout(timer);
		},
		openLine,
		random: context.random,
		unacknowledged,
		trying,
	});
	const counts = ({ sent, acknowledged, refused, failed, attempts, answers }: BurstTally) => ({
		...{ sent, acknowledged, refused, failed, attempts, answers },
	});
	const { tally } = flood;
	if (isThere && !signal.aborted) {
		if (delay > 0) await context.clock.sleep(delay, signal).catch(() => undefined);
		const stop = () => flood.stop();
		signal.addEventListener('abort', stop, { once: true });
		const over = new AbortController();
		const running = flood.run().finally(() => over.abort());
		// Looked at below, when the last progress has been told.
		running.catch(() => undefined);
		if (signal.aborted) stop();
		while (!over.signal.aborted) {
			await context.clock.sleep(millis(1_000), over.signal).catch(() => undefined);
			if (over.signal.aborted) break;
			const { open, tookMs } = flood;
			yield { v: 1, type: 'progress', run, ...counts(tally), open, tookMs: Math.round(tookMs) };
		}
		signal.removeEventListener('abort', stop);
		try {
			await running;
		} catch (error) {
			throw error instanceof RemoteAddress ? remoteProblem(error) : error;
		}
	}
	const tookMs = isThere ? flood.tookMs : 0;
	yield {
		v: 1,
		type: 'summary',
		run,
		events: composed.map(({ event }) => event.id),
		target: first.target,
		seed,
		now: instantText(now),
		...counts(tally),
		notSent: Number.isFinite(flood.notSent) ? flood.notSent : 0,
		challenges: tally.challenges,
		endings: Object.fromEntries(tally.endings()),
		perSecond: tookMs === 0 ? 0 : Math.round((tally.answers * 1_000) / tookMs),
		latencyMs: tally.latencies(),
		throughput: { spanMs: tally.throughput.span, perSecond: tally.throughput.perSecond() },
		tookMs: Math.round(tookMs),
		exitCode: exitCodeOf({
			signal,
			isUnreached: !tally.isReached,
			isFailed: tally.acknowledged < tally.sent,
		}),
	};
}

/** Events by a word of their name: `failed` beside `bayarcash/transaction-success`. */
export function eventsOfMix(
	names: readonly string[],
	base: CallbackEvent,
	all: readonly CallbackEvent[],
): CallbackEvent[] {
	return names.map((name) => {
		const ofProvider = all.filter(({ provider }) => provider === base.provider);
		const prefix = base.id.replace(/-[^-]*$/, '');
		const found =
			ofProvider.find(({ id }) => id === name || id === `${base.provider.id}/${name}`) ??
			ofProvider.find(({ id }) => id === `${prefix}-${name}`) ??
			ofProvider.find(({ id, message }) => message === base.message && id.endsWith(`-${name}`));
		if (found !== undefined) return found;
		const known = ofProvider
			.filter(({ message }) => message === base.message)
			.map(({ id }) => id.slice(id.indexOf('/') + 1));
		throw new Problem(
			'event-unknown',
			(say) => `${say('mix')}: ${base.id} has no sibling "${name}"`,
			{
				hint: `Its siblings are ${known.join(', ')}.`,
			},
		);
	});
}
