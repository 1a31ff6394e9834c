import { expect, test } from 'vitest';
import { countFinished, emptyDeliveryTally } from '../../src/delivery/delivery-tally.ts';
import type { RunEvent } from '../../src/model/run-event.ts';

test('deliveries are counted when they have ended', () => {
	const tally = emptyDeliveryTally();
	expect(tally).toEqual({ deliveries: 0, acknowledged: 0, reached: false, refused: false });
	const finished = (why: string, acknowledged = false) =>
		countFinished(tally, { type: 'finished', why, acknowledged } as RunEvent);
	countFinished(tally, { type: 'attempt', acknowledged: true } as RunEvent);
	expect(tally.deliveries).toBe(0);
	finished('unreachable');
	expect(tally).toEqual({ deliveries: 1, acknowledged: 0, reached: false, refused: false });
	finished('acknowledged', true);
	finished('unreachable');
	expect(tally).toEqual({ deliveries: 3, acknowledged: 1, reached: true, refused: false });
	const other = emptyDeliveryTally();
	for (const why of ['refused-target', 'gave-up'])
		countFinished(other, { type: 'finished', why, acknowledged: false } as RunEvent);
	expect(other).toEqual({ deliveries: 2, acknowledged: 0, reached: true, refused: true });
});
