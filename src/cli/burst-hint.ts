import type { BurstSummaryEvent } from '../model/contract/burst.ts';
import { causeTexts } from '../model/outcome-text.ts';
import { type HintContext, hintFor } from '../report/text/hints.ts';

const unreachable = ['refused', 'name-not-found', 'no-route', 'tls'] as const;

/** What to do where nobody was ever reached, as after a delivery. */
export function unreachedHint(
	{ exitCode, endings }: Pick<BurstSummaryEvent, 'exitCode' | 'endings'>,
	context: HintContext,
): string | undefined {
	const [most] = Object.keys(endings);
	const cause = unreachable.find((one) => causeTexts[one] === most);
	if (exitCode !== 3 || cause === undefined) return undefined;
	return hintFor({ kind: 'unreachable', cause, detail: '', tookMs: 0 }, false, context);
}
