import { RemoteAddress } from '../delivery/guarded-lookup.ts';
import { remoteProblem } from '../delivery/remote-problem.ts';
import { listensWithin } from '../delivery/wait-for.ts';
import { type Millis, millis } from '../model/duration.ts';
import type { EngineContext } from '../settings/engine-context.ts';

/** Told of the waiting. */
export interface Waiting {
	onWaiting?(host: string, span: Millis): void;
	/** It listens, or the waiting is over. */
	onEnd?(): void;
	/** Nothing listened in time. */
	onSilent(host: string, span: Millis): void;
}

/**
 * Waits until something listens at every target, all within one span of wall time.
 *
 * @returns false when it did not come to that, by then or because the run was stopped
 * @throws Problem `target-remote`
 */
export async function awaitReceivers(
	targets: readonly URL[],
	span: Millis,
	allowRemote: boolean,
	context: Pick<EngineContext, 'clock' | 'interruption'>,
	waiting: Waiting,
): Promise<boolean> {
	const { clock } = context;
	const signal = context.interruption();
	const deadline = clock.now() + span;
	for (const [host, target] of new Map(targets.map((one) => [one.host, one]))) {
		waiting.onWaiting?.(host, span);
		try {
			const left = millis(Math.max(0, deadline - clock.now()));
			if (await listensWithin(target, left, { clock, allowRemote, signal })) continue;
			waiting.onSilent(host, span);
			return false;
		} catch (error) {
			if (signal.aborted) return false;
			throw error instanceof RemoteAddress ? remoteProblem(error) : error;
		} finally {
			waiting.onEnd?.();
		}
	}
	return true;
}
