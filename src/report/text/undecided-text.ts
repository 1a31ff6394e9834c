import { groupedBy } from '../../model/grouped-by.ts';
import type { RuleRecord } from '../../model/rule-record.ts';
import { maskedLine } from '../safe/masked.ts';
import type { CheckTextContext } from './check-end.ts';

/** What stands before a reason that is the same for many cases: what was special about this one. */
const sharedReason =
	/^.*?(?=whether the order is right cannot be seen|the receiver would have to know the order|the genuine callback is not acknowledged|answered \d+: the (order is made up|receiver limits)|answered \d+, as any order would be)/;

/** Rules of the same reason together, without what is special about a case. */
export function byReason(
	records: readonly RuleRecord[],
	{ mask }: CheckTextContext,
): [reason: string, some: RuleRecord[]][] {
	const reasonOf = ({ reason }: RuleRecord) =>
		maskedLine(reason, mask)
			.replace(sharedReason, '')
			.replace(/ \(and \d+ more\)$/, '');
	return [...groupedBy(records, reasonOf)];
}

/** What most of the undecided rules are waiting for. */
export function howToSee(open: readonly RuleRecord[], { paint }: CheckTextContext): string[] {
	const first = open.find(({ rule }) => rule === 'state-visible');
	return first === undefined || open.length < 3 ? [] : [`${paint.dim('fix')}  ${first.hint}`];
}
