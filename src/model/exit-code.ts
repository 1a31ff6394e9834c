import { Interruption, ReceiverGone } from './interruption.ts';
import type { ExitCode } from './run-event.ts';

/** How a run came to its end. */
export interface RunEnd {
	readonly signal?: AbortSignal | undefined;
	/** A target turned out to be remote. */
	readonly isRefused?: boolean;
	/** No attempt ever connected, and that is no success. */
	readonly isUnreached: boolean;
	readonly isFailed: boolean;
}

export function exitCodeOf({ signal, isRefused, isUnreached, isFailed }: RunEnd): ExitCode {
	if (signal?.reason instanceof ReceiverGone) return 1;
	if (signal?.aborted === true)
		return signal.reason instanceof Interruption ? signal.reason.exitCode : 130;
	if (isRefused === true) return 2;
	if (isUnreached) return 3;
	return isFailed ? 1 : 0;
}
