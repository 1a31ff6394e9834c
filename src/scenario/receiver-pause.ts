import type { Clock } from '../model/clock.ts';
import { millis } from '../model/duration.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { ReceiverControl } from './run-ports.ts';

/** A receiver that is down for a span of provider time while a delivery goes its way. */
export interface ReceiverPause {
	/** The delivery's clock: a pause in which the receiver comes back lasts until it answers. */
	readonly clock: Clock;
	/** Call for every event of the delivery, before the next is asked for. */
	onEvent(event: RunEvent): void;
	/** Starts it, where the delivery ended before its time. */
	end(): Promise<void>;
}

/**
 * Stops the receiver at once. It starts in the pause in which its time is up, so that the attempt
 * behind that pause finds it whatever the speed. @param stoppedFor provider milliseconds
 */
export async function pausedReceiver(
	receiver: ReceiverControl,
	stoppedFor: number,
	speed: number,
	clock: Clock,
): Promise<ReceiverPause> {
	await receiver.stop();
	let offsetMs = 0;
	let starting: Promise<void> | undefined;
	const start = async (delay: number, signal?: AbortSignal) => {
		if (delay > 0) await clock.sleep(millis(delay), signal);
		await receiver.start();
	};
	let due: number | undefined;
	return {
		clock: {
			now: () => clock.now(),
			async sleep(span, signal) {
				if (due !== undefined) starting ??= start(due, signal);
				await Promise.all([clock.sleep(span, signal), starting]);
			},
		},
		onEvent(event) {
			if (event.type !== 'waiting') return;
			if (event.offsetMs >= stoppedFor) due ??= Math.max(0, stoppedFor - offsetMs) / speed;
			offsetMs = event.offsetMs;
		},
		async end() {
			starting ??= start(0);
			await starting;
		},
	};
}
