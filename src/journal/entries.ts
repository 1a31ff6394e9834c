import { deliveriesIn, type KnownDelivery } from './deliveries.ts';
import type { CheckedRecord, JournalRecord, ReceivedRecord } from './record.ts';

/** A line of the history. */
export type Entry = {
	readonly at: string;
	readonly run: string;
	/** What `history --show` takes. */
	readonly id: string;
} & (
	| { readonly kind: 'delivery'; readonly known: KnownDelivery }
	| { readonly kind: 'received'; readonly record: ReceivedRecord }
	| { readonly kind: 'checked'; readonly record: CheckedRecord }
);

/** Newest first. */
export function entriesIn(records: readonly JournalRecord[]): Entry[] {
	const deliveries = deliveriesIn(records).map(
		(known): Entry => ({
			...{ kind: 'delivery', at: known.record.at, run: known.record.run },
			...{ id: known.id, known },
		}),
	);
	const heard = new Map<string, number>();
	const others = records.flatMap((record): Entry[] => {
		if (record.type !== 'received' && record.type !== 'checked') return [];
		const { at, run } = record;
		if (record.type === 'checked') return [{ kind: 'checked', at, run, id: run, record }];
		const number = (heard.get(run) ?? 0) + 1;
		heard.set(run, number);
		return [{ kind: 'received', at, run, id: `${run}.${number}`, record }];
	});
	// Sorting is stable: what was written at the same moment stays as it was written.
	const order = (a: Entry, b: Entry) => Number(a.at > b.at) - Number(a.at < b.at);
	return [...deliveries, ...others].sort(order).reverse();
}
