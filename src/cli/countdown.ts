import type { Clock } from '../model/clock.ts';
import { formatDuration, millis } from '../model/duration.ts';
import { providerTime } from '../report/human.ts';
import type { World } from './world.ts';

const redrawEvery = millis(100);
/** Shorter waits are over before they can be read. */
const shortest = 300;

export interface Countdown {
	/** The world's clock, whose longer sleeps are shown and can be cut short. */
	readonly clock: Clock;
	/** What the next sleep is for. */
	announce(attempt: number, offsetMs: number): void;
	/** Call before writing anything else, so that no half line is left on the screen. */
	clear(): void;
	stop(): void;
}

/** A live line on stderr while the provider waits; Enter sends the next attempt now. Quiet without a terminal. */
export function countdownOf(world: World, active: boolean): Countdown {
	const { clock, stdin, stderr } = world;
	const canSkip = active && stdin.isTTY === true;
	const skips = new Set<() => void>();
	let purpose = '';
	const onKey = () => {
		// The terminal has echoed the line break: go back up to the line that is to be wiped.
		stderr.write('\u001b[1A');
		for (const skip of skips) skip();
	};
	const clear = () => {
		if (active) stderr.write('\r\u001b[K');
	};
	return {
		clock: {
			now: clock.now,
			async sleep(span, signal) {
				if (!active || span < shortest) return clock.sleep(span, signal);
				const skipped = new AbortController();
				const skip = () => skipped.abort();
				skips.add(skip);
				if (canSkip && skips.size === 1) stdin.on('data', onKey).resume();
				const until = signal === undefined ? skipped.signal : AbortSignal.any([signal, skipped.signal]);
				try {
					for (const end = clock.now() + span; clock.now() < end && !skipped.signal.aborted; ) {
						const left = end - clock.now();
						stderr.write(
							`\r\u001b[K  ${purpose} in ${formatDuration(left < 10_000 ? Math.ceil(left / 100) * 100 : left)}${canSkip ? ' (Enter: now)' : ''}`,
						);
						await clock.sleep(millis(Math.min(redrawEvery, left)), until);
					}
				} catch (error) {
					if (!skipped.signal.aborted || signal?.aborted === true) throw error;
				} finally {
					skips.delete(skip);
					if (skips.size === 0) stdin.off('data', onKey).pause();
					clear();
				}
			},
		},
		announce(attempt, offsetMs) {
			purpose = `attempt ${attempt} (${providerTime(offsetMs)})`;
		},
		clear,
		stop() {
			skips.clear();
			if (canSkip) stdin.off('data', onKey).pause();
		},
	};
}
