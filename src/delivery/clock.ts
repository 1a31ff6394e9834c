import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../model/clock.ts';

/** The longest pause one Node timer can hold; anything longer fires after 1 ms instead. */
export const longestTimer = 2 ** 31 - 1;

export const systemClock: Clock = {
	now: () => Date.now(),
	async sleep(span, signal) {
		for (let left: number = span; left > 0; left -= longestTimer) {
			await pause(Math.min(left, longestTimer), undefined, signal === undefined ? {} : { signal });
		}
	},
};

/** Milliseconds since some moment, never back, finer than one. */
export const wallMs = (): number => Number(process.hrtime.bigint()) / 1e6;
