import type { FloodAttempt, Load } from '../burst/flood-plan.ts';
import { RemoteAddress } from '../delivery/guarded-lookup.ts';
import { remoteProblem } from '../delivery/remote-problem.ts';
import type { BurstEvent } from '../model/contract/burst.ts';
import { millis } from '../model/duration.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { awaitReceivers, type Waiting } from './await-receiver.ts';
import { countsOf, summaryOf } from './burst-summary.ts';
import { floodOf } from './flood-of.ts';
import type { PreparedBurst } from './prepare-burst.ts';

export interface BurstPorts {
	readonly waiting: Waiting;
	/** Told of every callback that ends unacknowledged. */
	unacknowledged(reference: string): void;
	readonly trying?: ((about: FloodAttempt) => void) | undefined;
	/** What sends, where it is not this thread. */
	readonly load?: ((unacknowledged: BurstPorts['unacknowledged']) => Load) | undefined;
}

/** Sends them, tells once a second how far it is, and ends with the summary. @throws Problem */
export async function* burstCallbacks(
	prepared: PreparedBurst,
	context: EngineContext,
	{ waiting, unacknowledged, trying, load }: BurstPorts,
): AsyncGenerator<BurstEvent> {
	const signal = context.interruption();
	const { run, composed, inForce } = prepared;
	const { reach, waitFor, delay } = inForce;
	const [first] = composed;
	if (first === undefined) throw new Error('a burst has an event');
	const target = first.request.url;
	const isThere =
		waitFor === undefined ||
		(await awaitReceivers([{ url: target, reach }], waitFor, context, waiting));
	const isBegun = isThere && !signal.aborted;
	const flood = isBegun
		? (load?.(unacknowledged) ?? (await floodOf(prepared, context, { unacknowledged, trying })))
		: undefined;
	if (flood !== undefined) {
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
			yield {
				v: 1,
				type: 'progress',
				run,
				...countsOf(flood.tally),
				open,
				tookMs: Math.round(tookMs),
			};
		}
		signal.removeEventListener('abort', stop);
		try {
			await running;
		} catch (error) {
			throw error instanceof RemoteAddress ? remoteProblem(error) : error;
		}
	}
	yield summaryOf(prepared, flood, signal);
}
