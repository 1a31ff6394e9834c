import { RemoteAddress } from '../delivery/guarded-lookup.ts';
import type { Destination } from '../delivery/reach.ts';
import { remoteProblem } from '../delivery/remote-problem.ts';
import { answersWithin } from '../delivery/wait-for.ts';
import { type Millis, millis } from '../model/duration.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { userAgentOf } from '../settings/user-agent.ts';

/** Told of the waiting. */
export interface Waiting {
	onWaiting?(host: string, span: Millis): void;
	/** It answers, or the waiting is over. */
	onEnd?(): void;
	/** Nobody answered in time. @param why what the last try came to */
	onSilent(host: string, span: Millis, why: string): void;
}

/**
 * Waits until every target answers over HTTP, all within one span of wall time.
 * @returns false when it did not come to that, by then or because the run was stopped
 * @throws Problem `target-remote`
 */
export async function awaitReceivers(
	targets: readonly Destination[],
	span: Millis,
	context: Pick<EngineContext, 'clock' | 'interruption' | 'version'>,
	waiting: Waiting,
): Promise<boolean> {
	const { clock } = context;
	const signal = context.interruption();
	const userAgent = userAgentOf(context);
	const deadline = clock.now() + span;
	for (const [host, { url, reach }] of new Map(targets.map((one) => [one.url.host, one]))) {
		waiting.onWaiting?.(host, span);
		try {
			const left = millis(Math.max(0, deadline - clock.now()));
			const why = await answersWithin(url, left, { clock, reach, userAgent, signal });
			if (why === undefined) continue;
			waiting.onSilent(host, span, why);
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
