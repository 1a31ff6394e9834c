import type { RuleRecord } from '../model/rule-record.ts';
import type { CheckContext } from './check-context.ts';
import type { FirstContact } from './first-contact.ts';
import { effectsFrom } from './learned-effects.ts';
import { followingRecord, recordOf, recordWithout } from './record.ts';
import type { Rule } from './rule.ts';

/** What is said of the whole run is said by it. */
export const lastRule = 'healthy-at-the-end';

/** Stopped by the user, or because the receiver had gone: which is what the last rule is about. */
export function unfinished(rule: Rule, down: string | undefined): RuleRecord {
	if (down === undefined) return recordWithout(rule, 'inconclusive', 'stopped before it was tried');
	const reason = `the receiver went down after ${down}`;
	return rule.id === lastRule
		? recordWithout(rule, 'failed', reason)
		: followingRecord(rule, reason);
}

const downHint =
	'It goes down, or hangs up, on a callback as the provider sends it: its own log says where.';

/** A receiver that never answers fails the first rule; nothing else can be said of it. */
export function deadRecord(
	rule: Rule,
	{ successes, dead }: FirstContact,
	reason: string,
	context: CheckContext,
): RuleRecord {
	if (rule.id !== 'genuine-success' || dead?.reached !== true)
		return followingRecord(rule, `the receiver did not answer: ${reason}`);
	// A probe that dies with it says nothing against that.
	const looks = { before: undefined, final: undefined };
	const runs = successes.slice(0, 1).map((run) => ({
		...run,
		...looks,
		steps: run.steps.map((step) => ({ ...step, after: undefined })),
		rule: rule.id,
	}));
	const answered = runs[0]?.steps[0]?.results[0]?.outcome;
	const record = recordOf(
		rule,
		runs,
		runs,
		effectsFrom({ successes: [], failures: [], undecided: [] }, false, () => false),
		context.subject,
	);
	const isBroken = answered?.kind === 'broken';
	return isBroken ? { ...record, hint: downHint } : record;
}
