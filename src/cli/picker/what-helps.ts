import type { Composed } from '../../compose/compose.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Settings } from '../../model/settings.ts';
import { helpAfter } from '../../report/text/answer-help.ts';
import { isAboutKey, isAboutOrder } from '../../report/text/hint.ts';
import { hintFor } from '../../report/text/hints.ts';
import type { CliContext } from '../cli-context.ts';
import { hintContext } from '../hint-context.ts';

/** What of the menu helps with the last answer, as its hint has it. */
export type Helps = 'key' | 'order' | undefined;

/** Nobody is sent to a key that was not looked at: a CSRF page, a path that is none, silence. */
export function whatHelps(
	last: Outcome | undefined,
	composed: Composed,
	said: Settings,
	context: CliContext,
): Helps {
	if (last?.kind !== 'answered') return undefined;
	const hint = hintFor(last, false, hintContext(composed, said, context));
	if (hint !== undefined && isAboutOrder(hint)) return 'order';
	const help = helpAfter(last, composed)?.kind;
	const isLookedAt = help === 'show' || help === 'explain-digest';
	return isLookedAt && (hint === undefined || isAboutKey(hint)) ? 'key' : undefined;
}
