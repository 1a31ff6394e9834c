import { systemClock } from '../../src/delivery/clock.ts';
import type { Clock } from '../../src/model/clock.ts';
import { millis } from '../../src/model/duration.ts';

/** A quarter of a second of the hurried clock is so much less on the wall. */
export const speed = 4;

/** Real time, but faster: for commands that wait for receivers to come to rest, or to come back. */
export function hurriedClock(): Clock {
	const start = Date.now();
	return {
		now: () => start + (Date.now() - start) * speed,
		sleep: (span, signal) => systemClock.sleep(millis(span / speed), signal),
	};
}
