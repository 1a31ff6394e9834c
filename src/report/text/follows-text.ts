import type { ChalkInstance } from 'chalk';
import type { RuleRecord } from '../../model/rule-record.ts';
import type { Mask } from '../safe/mask.ts';
import { maskedLine } from '../safe/masked.ts';

/** Whether a failed rule is the cause of what else was not decided. */
const isCause = ({ verdict, follows }: RuleRecord): boolean =>
	verdict === 'failed' && follows !== undefined;

/** What was not decided for a shared reason: the reason once, how many, how to see them. */
export function followsText(
	records: readonly RuleRecord[],
	paint: ChalkInstance,
	mask: Mask,
): string[] {
	const causes = new Map<string, number>();
	for (const { follows, verdict } of records)
		if (follows !== undefined && verdict === 'inconclusive')
			causes.set(follows, (causes.get(follows) ?? 0) + 1);
	return [...causes].flatMap(([cause, count]) => {
		const isTold = records.some((record) => isCause(record) && record.follows === cause);
		const rules = count === 1 ? '1 rule is' : `${count} rules are`;
		return [
			...(isTold ? [] : [`${paint.dim('–')} ${maskedLine(cause, mask)}`]),
			`    ${rules} not decided because of it: --json tells them, --explain <rule> what one is about`,
		];
	});
}

/** One cause has the screen for itself: nothing else is worth reading before it is mended. */
export function hasScreen(records: readonly RuleRecord[]): boolean {
	const isOpen = ({ verdict, follows }: RuleRecord) =>
		verdict === 'inconclusive' && follows !== undefined;
	return (
		records.some(isCause) ||
		(records.some(isOpen) && records.every((one) => isOpen(one) || one.verdict === 'skipped'))
	);
}

/** What was not told beside it. */
export function restText(records: readonly RuleRecord[], paint: ChalkInstance): string[] {
	const rest = records.filter(
		({ verdict, follows }) => follows === undefined && /warned|inconclusive/.test(verdict),
	);
	return rest.length === 0
		? []
		: [paint.dim(`${rest.length} more that are warned or not decided: --json tells them`), ''];
}
