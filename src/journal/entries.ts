import { deliveriesIn, type KnownDelivery } from './deliveries.ts';
import type { CheckedRecord, JournalRecord, ReceivedRecord } from './record.ts';

/** A line of the history. */
export type Entry =
	| { readonly kind: 'delivery'; readonly at: string; readonly known: KnownDelivery }
	| { readonly kind: 'received'; readonly at: string; readonly record: ReceivedRecord }
	| { readonly kind: 'checked'; readonly at: string; readonly record: CheckedRecord };

/** Newest first. */
export function entriesIn(records: readonly JournalRecord[]): Entry[] {
	const deliveries = deliveriesIn(records).map(
		(known): Entry => ({ kind: 'delivery', at: known.record.at, known }),
	);
	const others = records.flatMap((record): Entry[] => {
		if (record.type === 'received') return [{ kind: 'received', at: record.at, record }];
		return record.type === 'checked' ? [{ kind: 'checked', at: record.at, record }] : [];
	});
	// Sorting is stable: what was written at the same moment stays as it was written.
	return [...deliveries, ...others].sort((a, b) => (a.at < b.at ? -1 : 1)).reverse();
}
