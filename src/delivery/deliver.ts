import type { Clock, Random } from '../model/clock.ts';
import type { OrderShown } from '../model/contract/run-events.ts';
import { type Millis, millis } from '../model/duration.ts';
import type { Acknowledge } from '../model/provider.ts';
import type { ComposedRequest } from '../model/request.ts';
import type { RunEvent, Why } from '../model/run-event.ts';
import type { Schedule } from '../model/schedule.ts';
import type { Attempt } from './attempt.ts';
import { RemoteAddress } from './guarded-lookup.ts';
import { judge } from './judge.ts';
import { pauseBefore } from './retry-schedule.ts';

/** One event on its way to one target. */
export interface Delivery {
	readonly event: string;
	readonly options: readonly string[];
	readonly target: string;
	readonly order?: OrderShown | undefined;
	readonly request: ComposedRequest;
	readonly acknowledge: Acknowledge;
	readonly schedule: Schedule;
	readonly credentials: 'simulator' | 'own' | 'none';
	/** Faults that were asked for. */
	readonly faults: readonly string[];
}

export interface DeliveryPorts {
	readonly clock: Clock;
	readonly random: Random;
	readonly attempt: Attempt;
	/** Told before every attempt: from here on it may arrive. */
	readonly trying?: ((about: Trying) => void) | undefined;
}

export interface Trying {
	readonly run: string;
	readonly delivery: number;
	readonly attempt: number;
	readonly offsetMs: number;
	/** Epoch milliseconds. */
	readonly at: number;
}

/** How far a delivery had come when it was cut off. */
export interface DeliveryProgress {
	/** Made already. */
	readonly attempts: number;
	readonly lastStatus: number | null;
	readonly reached: boolean;
	/** Before the next one; undefined for the first attempt of all. */
	readonly wait: Wait | undefined;
}

interface Wait {
	/** Provider time of the attempt that is waited for. */
	readonly offsetMs: number;
	/** Wall time. */
	readonly waitMs: Millis;
}

const fromTheStart: DeliveryProgress = {
	attempts: 0,
	lastStatus: null,
	reached: false,
	wait: undefined,
};

export interface DeliveryPace {
	/** How many times faster than the provider time passes; Infinity for no waiting at all. */
	readonly speed: number;
	readonly signal?: AbortSignal | undefined;
}

/**
 * Attempts until the provider would stop: acknowledged, given up, or stopped from outside. Never
 * throws for what the receiver or the network does; a bug in the tool does throw, after all that
 * came before has been yielded.
 */
export async function* deliver(
	delivery: Delivery,
	ids: { run: string; delivery: number; scenario?: string; step?: number },
	ports: DeliveryPorts,
	pace: DeliveryPace,
	progress: DeliveryProgress = fromTheStart,
): AsyncGenerator<RunEvent> {
	const { event, options, target, order, schedule, credentials, faults, request } = delivery;
	yield { type: 'started', ...ids, event, options, target, order, schedule, credentials, faults };
	let { attempts, lastStatus, reached: everConnected, wait } = progress;
	const finished = (why: Why, detail?: string): RunEvent => ({
		type: 'finished',
		...ids,
		event,
		acknowledged: why === 'acknowledged',
		attempts,
		lastStatus,
		why,
		detail,
	});
	try {
		for (;;) {
			if (wait !== undefined) {
				yield { type: 'waiting', ...ids, attempt: attempts + 1, ...wait };
				await ports.clock.sleep(wait.waitMs, pace.signal);
			}
			pace.signal?.throwIfAborted();
			const at = ports.clock.now();
			const offsetMs: number = wait?.offsetMs ?? 0;
			const { run, delivery: number } = ids;
			ports.trying?.({ run, delivery: number, attempt: attempts + 1, offsetMs, at });
			const result = await ports.attempt(request, at, pace.signal);
			attempts++;
			const { outcome } = result;
			const judgement = judge(delivery.acknowledge, outcome);
			everConnected ||= result.reached;
			const status = outcome.kind === 'answered' ? outcome.status : undefined;
			lastStatus = status ?? lastStatus;
			yield {
				type: 'attempt',
				...ids,
				attempt: attempts,
				offsetMs,
				at,
				request: result.request,
				outcome,
				...judgement,
				warnings: result.warnings,
			};
			if (judgement.acknowledged) return yield finished('acknowledged');
			pace.signal?.throwIfAborted();
			const pause = pauseBefore(schedule, attempts + 1, status, ports.random);
			if (pause === undefined) return yield finished(everConnected ? 'gave-up' : 'never-reached');
			wait = { offsetMs: offsetMs + pause, waitMs: millis(pause / pace.speed) };
		}
	} catch (error) {
		if (error instanceof RemoteAddress) return yield finished('refused-target', error.message);
		if (pace.signal?.aborted === true) return yield finished('interrupted');
		throw error;
	}
}
