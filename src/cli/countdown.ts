import type { ReadStream } from 'node:tty';
import type { Attempt } from '../delivery/attempt.ts';
import type { Clock } from '../model/clock.ts';
import { formatDuration, millis } from '../model/duration.ts';
import type { CliContext } from './cli-context.ts';
import { heldKeys } from './held-keys.ts';
import { isWatched, lineOver } from './progress.ts';

const redrawEvery = millis(100);
/** Shorter waits are over before they can be read. */
const shortest = 300;
/** An attempt that takes longer than this looks frozen. */
const patience = millis(1_000);

export interface Countdown {
	/** The world's clock, whose longer sleeps are shown and can be cut short. */
	readonly clock: Clock;
	/** The same attempt, with a line while the receiver does not answer. */
	during(attempt: Attempt): Attempt;
	/** What the next sleep is for: `attempt 2 (+5 min)`. */
	announce(purpose: string): void;
	/** Call before writing anything else, so that no half line is left on the screen. */
	clear(): void;
	stop(): void;
}

/**
 * A live line on stderr while somebody waits; Enter sends at once. Quiet where nobody watches it.
 */
export function countdownOf(context: CliContext, isWanted: boolean): Countdown {
	const { clock, stderr } = context;
	const active = isWanted && isWatched(context);
	const stdin = active && context.stdin.isTTY === true ? context.stdin : undefined;
	const skips = new Set<() => void>();
	let purpose = 'attempt 1';
	const keys =
		stdin &&
		heldKeys(stdin as unknown as ReadStream, () => {
			for (const skip of skips) skip();
		});
	const clear = () => {
		if (active) stderr.write('\r\u001b[K');
	};
	const draw = (line: string) => {
		keys?.hold();
		stderr.write(lineOver(stderr, line));
	};

	const sleepShown: Clock['sleep'] = async (span, signal) => {
		if (!active || span < shortest) return clock.sleep(span, signal);
		const skipped = new AbortController();
		const skip = () => skipped.abort();
		skips.add(skip);
		const until = signal === undefined ? skipped.signal : AbortSignal.any([signal, skipped.signal]);
		try {
			for (const end = clock.now() + span; clock.now() < end && !skipped.signal.aborted; ) {
				const left = end - clock.now();
				const shown = formatDuration(left < 10_000 ? Math.ceil(left / 100) * 100 : left);
				draw(`  ${purpose} in ${shown}${stdin === undefined ? '' : ' (Enter: now)'}`);
				await clock.sleep(millis(Math.min(redrawEvery, left)), until);
			}
		} catch (error) {
			if (!skipped.signal.aborted || signal?.aborted === true) throw error;
		} finally {
			skips.delete(skip);
			clear();
		}
	};

	const underWay = async (done: AbortSignal): Promise<void> => {
		try {
			await clock.sleep(patience, done);
			for (let waited: number = patience; ; waited += patience) {
				draw(`  waiting for an answer, ${formatDuration(waited)} (Ctrl-C: stop)`);
				await clock.sleep(patience, done);
			}
		} catch {
			// The attempt is over.
		}
	};

	return {
		clock: { now: clock.now, sleep: sleepShown },
		during: (attempt) =>
			active
				? async (request, at, signal) => {
						const over = new AbortController();
						const line = underWay(over.signal);
						try {
							return await attempt(request, at, signal);
						} finally {
							over.abort();
							await line;
							clear();
						}
					}
				: attempt,
		announce(next) {
			purpose = next;
		},
		clear,
		stop() {
			skips.clear();
			keys?.release();
		},
	};
}
