import type { Clock } from '../../src/model/clock.ts';

/** Sleeps return at once and move the clock on. */
export function virtualClock(
	start = '2026-11-20T02:00:00.000Z',
): Clock & { readonly slept: readonly number[] } {
	const slept: number[] = [];
	let now = Date.parse(start);
	return {
		slept,
		now: () => now,
		async sleep(span, signal) {
			signal?.throwIfAborted();
			slept.push(span);
			now += span;
		},
	};
}
