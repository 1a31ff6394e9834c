import type { Millis } from '../model/duration.ts';
import { exitCodeOf } from '../model/exit-code.ts';
import type { RunEvent } from '../model/run-event.ts';
import { type Delivery, type DeliveryPace, type DeliveryPorts, deliver } from './deliver.ts';
import { countFinished, emptyDeliveryTally } from './delivery-tally.ts';
import { merged } from './merged.ts';

export interface FireOptions extends DeliveryPace {
	readonly run: string;
	/** How many identical requests in all, at the same moment; each is a delivery of its own. */
	readonly duplicate: number;
	/** Stop after the first delivery that was not acknowledged. */
	readonly bail: boolean;
	/** Wall milliseconds before the first attempt of each delivery. */
	readonly delay: Millis;
}

/** Deliveries one after another, duplicates at once; ends with the summary. */
export async function* fire(
	deliveries: readonly Delivery[],
	ports: DeliveryPorts,
	options: FireOptions,
): AsyncGenerator<RunEvent> {
	const tally = emptyDeliveryTally();
	let number = 0;
	for (const delivery of deliveries) {
		if (!(await waitFirst(options, ports))) break;
		const copies = Array.from({ length: options.duplicate }, () =>
			deliver(delivery, { run: options.run, delivery: ++number }, ports, options),
		);
		for await (const event of merged(copies)) {
			countFinished(tally, event);
			yield event;
		}
		if (options.signal?.aborted === true || (options.bail && tally.acknowledged < tally.deliveries))
			break;
	}
	yield {
		type: 'summary',
		run: options.run,
		deliveries: tally.deliveries,
		acknowledged: tally.acknowledged,
		skipped: deliveries.length * options.duplicate - tally.deliveries,
		exitCode: exitCodeOf({
			signal: options.signal,
			isRefused: tally.refused,
			isUnreached: !tally.reached,
			isFailed: tally.acknowledged < tally.deliveries,
		}),
	};
}

/** False when the wait was interrupted. */
async function waitFirst(
	{ delay, signal }: FireOptions,
	{ clock }: DeliveryPorts,
): Promise<boolean> {
	if (delay === 0) return true;
	try {
		await clock.sleep(delay, signal);
		return true;
	} catch (error) {
		if (signal?.aborted === true) return false;
		throw error;
	}
}

/** A run in which nothing was sent, because nobody listened or it was stopped before. */
export async function* notStarted(
	run: string,
	skipped: number,
	signal: AbortSignal,
): AsyncGenerator<RunEvent> {
	const exitCode = exitCodeOf({ signal, isUnreached: true, isFailed: false });
	yield { type: 'summary', run, deliveries: 0, acknowledged: 0, skipped, exitCode };
}
