import type { RunEvent } from '../model/run-event.ts';

/** What the deliveries of a run have come to so far. */
export interface DeliveryTally {
	deliveries: number;
	acknowledged: number;
	/** Whether any attempt ever connected. */
	reached: boolean;
	/** Whether a name turned remote. */
	refused: boolean;
}

export const emptyDeliveryTally = (): DeliveryTally => ({
	deliveries: 0,
	acknowledged: 0,
	reached: false,
	refused: false,
});

/** Counts a delivery that has ended; other events change nothing. */
export function countFinished(tally: DeliveryTally, event: RunEvent): void {
	if (event.type !== 'finished') return;
	tally.deliveries++;
	if (event.acknowledged) tally.acknowledged++;
	tally.reached ||= event.why === 'acknowledged' || event.why === 'gave-up';
	tally.refused ||= event.why === 'refused-target';
}
