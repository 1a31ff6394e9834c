import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/delivery/clock.ts';
import { millis } from '../../src/model/duration.ts';

describe('the clock of the machine', () => {
	test('is woken by a signal, also out of a sleep that no timer can hold', async () => {
		const stop = new AbortController();
		const asleep = systemClock.sleep(millis(2 ** 33), stop.signal);
		stop.abort(new Error('woken'));
		await expect(asleep).rejects.toMatchObject({ name: 'AbortError' });
		await expect(systemClock.sleep(millis(1), AbortSignal.abort())).rejects.toThrow();
	});

	test('does not sleep where there is nothing to wait for', async () => {
		await expect(systemClock.sleep(millis(0), AbortSignal.abort())).resolves.toBeUndefined();
		await expect(systemClock.sleep(millis(1))).resolves.toBeUndefined();
	});
});
