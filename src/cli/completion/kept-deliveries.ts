import { deliveriesIn } from '../../journal/deliveries.ts';
import { recentRecords } from '../../journal/recent.ts';
import type { CliContext } from '../cli-context.ts';
import { keeping } from '../known-deliveries.ts';
import { folderFor } from '../recorder.ts';

/** What a line may name of a delivery in the journal. */
export interface KeptDelivery {
	readonly id: string;
	readonly event: string;
	readonly reference: string | undefined;
}

/** What is read of the journal: some hundred deliveries. */
const recently = 512 * 1024;

/** Newest first; none where there is no journal. */
export function keptDeliveries(context: CliContext): KeptDelivery[] {
	const folder = folderFor({}, keeping(context));
	if (folder === undefined) return [];
	return deliveriesIn(recentRecords(folder, recently))
		.map(({ id, record }) => ({ id, event: record.event, reference: record.order?.reference }))
		.reverse();
}
