import { Problem } from '../model/problem.ts';
import type { KnownDelivery } from './deliveries.ts';

/** @throws Problem `usage` */
export function findDelivery(known: readonly KnownDelivery[], wanted: string): KnownDelivery {
	const named = known.map((one) => ({ id: one.id, run: one.record.run, one }));
	return findById(named, wanted).one;
}

/**
 * The one that is meant: `last`, or the end of an id that only one has.
 *
 * @throws Problem `usage`
 */
export function findById<T extends { readonly id: string; readonly run: string }>(
	known: readonly T[],
	wanted: string,
): T {
	const last = known.at(-1);
	if (last === undefined)
		throw new Problem('usage', 'the journal knows of no delivery yet', {
			hint: (say) =>
				`Send something first: callsim fire bayarcash/transaction-success ${say('to', ':3000/callback')}`,
		});
	if (wanted === 'last') return last;
	const exact = known.filter(({ id, run }) => id === wanted || run === wanted);
	const found =
		exact.length > 0
			? exact
			: known.filter(({ id, run }) => id.endsWith(wanted) || run.endsWith(wanted));
	const [only] = found;
	if (only === undefined)
		throw new Problem('usage', `the journal knows no delivery "${wanted}"`, {
			hint: 'See callsim history for their ids; the end of one is enough.',
		});
	if (found.length > 1)
		throw new Problem('usage', `"${wanted}" is the end of ${found.length} deliveries`, {
			hint: `Name one: ${found
				.slice(-3)
				.map(({ id }) => id)
				.join(', ')}`,
		});
	return only;
}
