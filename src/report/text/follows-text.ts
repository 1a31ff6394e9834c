import type { ChalkInstance } from 'chalk';
import type { RuleRecord } from '../../model/rule-record.ts';
import type { Mask } from '../safe/mask.ts';
import { maskedLine } from '../safe/masked.ts';

/** What was not decided for a reason that many rules share: the reason once, how many, and how to see them. */
export function followsText(records: readonly RuleRecord[], paint: ChalkInstance, mask: Mask): string[] {
	const causes = new Map<string, number>();
	for (const { follows } of records) if (follows !== undefined) causes.set(follows, (causes.get(follows) ?? 0) + 1);
	return [...causes].flatMap(([cause, count]) => {
		const isTold = records.some(({ verdict, reason }) => verdict === 'failed' && reason === cause);
		const rules = count === 1 ? '1 rule is' : `${count} rules are`;
		return [
			...(isTold ? [] : [`${paint.dim('–')} ${maskedLine(cause, mask)}`]),
			`    ${rules} not decided because of it: --json tells them, --explain <rule> what one is about`,
		];
	});
}

/** Nothing could be proved at all, and one cause is why: it has the screen for itself. */
export function isOneCause(records: readonly RuleRecord[]): boolean {
	const isOpen = ({ verdict, follows }: RuleRecord) => verdict === 'inconclusive' && follows !== undefined;
	return records.some(isOpen) && records.every((record) => isOpen(record) || /failed|skipped/.test(record.verdict));
}
