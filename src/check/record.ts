import type { Evidence, RuleRecord, RuleVerdict } from '../model/rule-record.ts';
import { named } from '../model/words.ts';
import type { State } from '../order/state.ts';
import type { CaseRun } from './case.ts';
import type { Cause } from './cause.ts';
import { type Finding, failed, passed, worst } from './finding.ts';
import { blockedReason, judgeCase } from './judge-case.ts';
import type { LearnedEffects } from './learned-effects.ts';
import { leftOutIn } from './left-out.ts';
import type { ReviewFinding, Rule } from './rule.ts';
import type { Subject } from './subject.ts';

/** Enough to see the pattern. */
const mostEvidence = 5;

/** A rule whose cases were not tried. */
export function recordWithout(rule: Rule, verdict: RuleVerdict, reason: string): RuleRecord {
	return { ...factsOf(rule), verdict, reason, evidence: [], reproduce: '' };
}

/**
 * A rule that was not decided for a reason which many share.
 * @param reason more about it than the cause alone
 */
export function followingRecord(rule: Rule, cause: string, reason = cause): RuleRecord {
	return { ...recordWithout(rule, 'inconclusive', reason), follows: cause };
}

/** The rule that tells why nothing else was decided: a must, as nothing genuine comes through. */
export function recordOfCause(rule: Rule, { reason, fix, run }: Cause): RuleRecord {
	const finding = failed(reason);
	return {
		...factsOf(rule),
		...finding,
		level: 'must',
		follows: reason,
		hint: fix ?? rule.hint,
		evidence: [evidenceOf(run, finding)],
		reproduce: linesOf(run),
	};
}

/** A rule about which nothing can be said before that is mended. */
export function recordFollowing(rule: Rule, { reason }: Cause): RuleRecord {
	return followingRecord(
		rule,
		reason,
		`not decided until one genuine callback is accepted (${reason})`,
	);
}

/** @param all every case of the run, for rules that look at everything that was answered */
export function recordOf(
	rule: Rule,
	own: readonly CaseRun[],
	all: readonly CaseRun[],
	learned: LearnedEffects,
	subject: Subject,
): RuleRecord {
	if (rule.review !== undefined) return reviewedRecord(rule, own, all, subject);
	const judged = own.map((run) => ({
		run,
		...softenAdvice(rule, judgeCase(run, learned, subject)),
	}));
	const decisive = worst(judged);
	if (decisive === undefined) return recordWithout(rule, 'skipped', 'there is nothing to try here');
	const shown = judged.filter(({ verdict }) => verdict === decisive.verdict);
	const more =
		shown.length > 1 && decisive.verdict !== 'passed' && decisive.verdict !== 'skipped'
			? ` (and ${shown.length - 1} more)`
			: '';
	const isGone = decisive.run.failure?.isGone === true;
	return {
		...factsOf(rule),
		// Whatever it was that brought it down, no payment comes through after it.
		...(isGone ? { level: 'must' } : {}),
		...hintOf(decisive, decisive.run),
		verdict: isGone ? 'failed' : decisive.verdict,
		reason: decisive.verdict === 'passed' ? passedReason(judged) : `${decisive.reason}${more}`,
		evidence: shown
			.slice(0, mostEvidence)
			.map(({ run, verdict, reason }) => evidenceOf(run, { verdict, reason })),
		reproduce: linesOf(decisive.run),
	};
}

const lateHint = `Answer first and work afterwards; or allow more time with ${named('timeout')}, where it is the framework that compiles.`;

/** It failed for want of an answer in time: what the rule advises is not at issue. */
function isLate({ verdict }: Finding, run: CaseRun | undefined): boolean {
	const last = run?.steps.at(-1)?.results ?? [];
	return verdict === 'failed' && last.some(({ outcome }) => outcome.kind === 'timed-out');
}

/** A rule that looks at several cases at once, or at everything that was answered. */
function reviewedRecord(
	rule: Rule,
	own: readonly CaseRun[],
	all: readonly CaseRun[],
	subject: Subject,
): RuleRecord {
	const blocked = worst(own.flatMap((run) => blockedReason(run) ?? []));
	const read = rule.readsAll === true ? all : own;
	const isBlocked =
		blocked !== undefined &&
		(rule.readsAll !== true || own.every((run) => blockedReason(run) !== undefined));
	const finding: ReviewFinding = isBlocked ? blocked : (rule.review?.(read, subject) ?? passed(''));
	const culprit = finding.run ?? own[0];
	const shown = culprit === undefined ? [] : [evidenceOf(culprit, finding)];
	return {
		...factsOf(rule),
		...hintOf(finding, culprit),
		...verdictOf(softenAdvice(rule, finding)),
		evidence: shown,
		reproduce: culprit === undefined ? '' : linesOf(culprit),
	};
}

function factsOf({ id, title, level, why, hint, source }: Rule) {
	return { rule: id, title, level, why, hint, source };
}

/** Advice is never failed. */
function softenAdvice({ level }: Rule, { verdict, reason, fix }: Finding): Finding {
	return { verdict: level === 'advice' && verdict === 'failed' ? 'warned' : verdict, reason, fix };
}

const verdictOf = ({ verdict, reason }: Finding) => ({ verdict, reason });

/** Advice that fits better than the rule's own. */
function hintOf(finding: Finding, run: CaseRun | undefined): { hint?: string } {
	const hint = isLate(finding, run) ? lateHint : finding.fix;
	return hint === undefined ? {} : { hint };
}

function passedReason(judged: readonly (Finding & { run: CaseRun })[]): string {
	const passes = judged.filter(({ verdict }) => verdict === 'passed');
	const [only] = passes;
	return passes.length === 1 && only !== undefined
		? only.reason
		: `${passes.length} cases: ${passes.map(({ run }) => run.case.about).join(', ')}${leftOutIn(only?.reason ?? '')}`;
}

function evidenceOf(
	{ case: given, steps, before, final, failure }: CaseRun,
	{ verdict, reason }: Finding,
): Evidence {
	const results = steps.at(-1)?.results ?? [];
	const result =
		results.find(({ outcome }) => outcome.kind !== 'answered' || outcome.status >= 500) ??
		results[0];
	return {
		case: given.about,
		verdict,
		reason,
		sent: result?.request,
		answer: result?.outcome,
		before: stateText(before),
		after: stateText(final),
		log: failure?.log,
	};
}

function stateText(state: State | undefined): string | undefined {
	if (state === undefined) return undefined;
	if (state.kind === 'shown') return state.text;
	return state.kind === 'absent' ? '(absent)' : `(unreadable: ${state.why})`;
}

function linesOf({ order, steps }: CaseRun): string {
	const sent = steps.map(({ reproduce }) => reproduce);
	const orderAt = steps.findIndex(({ step }) => step.orderAfter === true) + 1;
	if (order.made !== '') sent.splice(orderAt, 0, order.made);
	return sent.join('\n');
}
