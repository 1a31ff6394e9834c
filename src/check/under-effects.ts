import type { CaseRun } from './case.ts';
import { nothingSeen } from './judge-state.ts';
import type { LearnedEffects } from './learned-effects.ts';
import { followingRecord } from './record.ts';
import type { RuleVerdictRecord } from './under-cause.ts';

/** What was tried about the receiver as a whole. */
export interface Tried {
	readonly runs: readonly CaseRun[];
	readonly learned: LearnedEffects;
	/** What to look at where forgeries are acknowledged and ignored like the genuine ones. */
	readonly keyFix: string | undefined;
}

/**
 * The verdicts of a receiver whose orders do not show what a callback reported: the rule that knows
 * why tells it, and what was judged by orders is not decided.
 */
export function underEffects(
	verdicts: readonly RuleVerdictRecord[],
	{ runs, learned, keyFix }: Tried,
): readonly RuleVerdictRecord[] {
	const failedOf = (id: string) =>
		verdicts.find(({ rule, record }) => rule.id === id && record.verdict === 'failed');
	const unparsed = failedOf('inner-json');
	if (unparsed !== undefined) return under(unparsed, isByState(runs));
	const idle = learned.visible ? undefined : failedOf('success-takes-effect');
	if (idle === undefined) return verdicts;
	const isIgnored = runs.some(
		({ rule, steps }) => rule === 'checksum-wrong-key' && isTaken(steps.at(-1)),
	);
	const fix = isIgnored ? keyFix : undefined;
	return under(idle, isForNothing, fix);

	function under(
		teller: RuleVerdictRecord,
		follows: (one: RuleVerdictRecord) => boolean,
		hint = teller.record.hint,
	): RuleVerdictRecord[] {
		const { reason } = teller.record;
		return verdicts.map((one) => {
			if (one === teller) return { ...one, record: { ...one.record, hint, follows: reason } };
			return follows(one) ? { ...one, record: followingRecord(one.rule, reason) } : one;
		});
	}
}

/** What is judged by the order, and is no crash. */
function isByState(runs: readonly CaseRun[]) {
	const byState = new Set(
		runs
			.filter(({ case: given }) => given.state !== undefined || given.judge !== undefined)
			.map(({ rule }) => rule),
	);
	return ({ rule, record: { verdict, evidence } }: RuleVerdictRecord): boolean =>
		byState.has(rule.id) &&
		verdict !== 'skipped' &&
		evidence.every(({ answer }) => answer?.kind === 'answered' && answer.status < 500);
}

/** It says no more than that nothing happens to an order. */
const isForNothing = ({ rule, record: { verdict, reason, evidence } }: RuleVerdictRecord) =>
	(verdict === 'inconclusive' && (reason.includes(nothingSeen) || rule.id === 'state-visible')) ||
	// A forgery that was acknowledged may well have been refused in silence.
	(verdict === 'failed' && rule.id === 'refusal-status') ||
	(rule.id === 'failure-takes-effect' &&
		evidence.every((one) => one.reason.endsWith(nothingHappened)));

const nothingHappened = 'nothing happened to the order';

const isTaken = (step: CaseRun['steps'][number] | undefined): boolean =>
	step?.results.every(({ outcome }) => outcome.kind === 'answered' && outcome.status < 400) ??
	false;
