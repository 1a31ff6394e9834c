import type { RuleRecord } from '../../model/rule-record.ts';
import { counted } from '../outcome-text.ts';
import { maskedLine } from '../safe/masked.ts';
import type { CheckCause, CheckTextContext } from './check-end.ts';
import { labelled } from './check-failure.ts';

/** Whether a failed rule is the cause of what else was not decided. */
export const isCause = ({ verdict, follows }: RuleRecord): boolean =>
	verdict === 'failed' && follows !== undefined;

/** Reason → how many rules were not decided because of it. */
function causesIn(records: readonly RuleRecord[]): Map<string, number> {
	const causes = new Map<string, number>();
	for (const { follows, verdict } of records)
		if (follows !== undefined && verdict === 'inconclusive')
			causes.set(follows, (causes.get(follows) ?? 0) + 1);
	return causes;
}

/** The failed rule that most else waits for, once more where a reader's eye ends up. */
export function firstOfAll(records: readonly RuleRecord[]): string | undefined {
	const [most] = [...causesIn(records)].toSorted(([, a], [, b]) => b - a);
	const told = records.find((record) => isCause(record) && record.follows === most?.[0]);
	return told && `mend first: ${told.rule}: ${told.reason}`;
}

/** What was not decided for a shared reason: the reason once, how many, how to see them. */
export function followsText(
	records: readonly RuleRecord[],
	{ paint, mask }: CheckTextContext,
): string[] {
	return [...causesIn(records)].flatMap(([cause, count]) => {
		const isTold = records.some((record) => isCause(record) && record.follows === cause);
		const rules = `${counted(count, 'rule')} ${count === 1 ? 'is' : 'are'}`;
		return [
			...(isTold ? [] : [`${paint.dim('–')} ${maskedLine(cause, mask)}`]),
			`    ${rules} not decided because of it`,
		];
	});
}

/** The cause where the rule that tells it was not asked for. */
export function untold(
	records: readonly RuleRecord[],
	cause: CheckCause | undefined,
	context: CheckTextContext,
): string[] {
	if (cause === undefined) return [];
	const { paint, mask } = context;
	const isNamed = records.some(
		({ verdict, follows }) => verdict === 'inconclusive' && follows === cause.reason,
	);
	return [
		...(isNamed ? [] : [`${paint.dim('–')} ${maskedLine(cause.reason, mask)}`]),
		...(cause.fix === undefined ? [] : [labelled('fix', maskedLine(cause.fix, mask), context)]),
	];
}

/** Why nothing at all was decided, where that is one reason. */
export function silenceOf(records: readonly RuleRecord[]): string | undefined {
	const open = records.filter(({ verdict }) => verdict !== 'skipped');
	const [only, ...more] = new Set(open.map(({ follows }) => follows));
	return more.length === 0 && open.every(({ verdict }) => verdict === 'inconclusive')
		? only
		: undefined;
}
