import { worstOf } from '../../model/severity.ts';
import type { Case, CaseVerdict, CollectedDelivery, RunReport, Suite } from '../run-report.ts';
import { isFailure } from '../tally.ts';

/** A case and where it stands on the page. */
export interface PlacedCase {
	readonly id: string;
	readonly suite: Suite;
	readonly judged: Case;
}

/** What the filter calls it: an error is a failure, too. */
export type Standing = Exclude<CaseVerdict, 'error'>;

export interface Places {
	readonly cases: readonly PlacedCase[];
	/** Those that rest on a delivery, by its number. */
	readonly byDelivery: ReadonlyMap<number, readonly PlacedCase[]>;
	/** By number. */
	readonly deliveries: ReadonlyMap<number, CollectedDelivery>;
}

export function placesIn({ suites, deliveries }: RunReport): Places {
	const cases = suites.flatMap((suite, at) =>
		suite.cases.map((judged, number) => ({ id: `c-${at + 1}-${number + 1}`, suite, judged })),
	);
	const byDelivery = new Map<number, PlacedCase[]>();
	for (const placed of cases) {
		for (const number of placed.judged.deliveries)
			byDelivery.set(number, [...(byDelivery.get(number) ?? []), placed]);
	}
	return {
		cases,
		byDelivery,
		deliveries: new Map(deliveries.map((record) => [record.delivery, record])),
	};
}

export const standingOf = ({ verdict }: Case): Standing =>
	verdict === 'error' ? 'failed' : verdict;

/** A delivery stands as the worst case that rests on it: a forgery that was refused has passed. */
export function deliveryStanding(
	{ delivery, finished, attempts }: CollectedDelivery,
	{ byDelivery }: Places,
): Standing {
	const found = byDelivery.get(delivery)?.map(({ judged }) => standingOf(judged));
	if (found !== undefined) return worstOf(found) ?? 'passed';
	if (finished === undefined) return 'skipped';
	if (!finished.acknowledged) return 'failed';
	return attempts.some(({ warnings }) => warnings.length > 0) ? 'warned' : 'passed';
}

/** The title of its scenario, or what stands for it as long as no step of it was judged. */
export function scenarioOf(
	{ delivery, scenario }: CollectedDelivery,
	{ byDelivery }: Places,
): string {
	return scenario === undefined ? '' : (byDelivery.get(delivery)?.[0]?.suite.name ?? scenario);
}

export const failuresIn = ({ cases }: Places): readonly PlacedCase[] =>
	cases.filter(({ judged }) => isFailure(judged));
