import type { RuleRecord } from '../model/rule-record.ts';
import type { SentRequest } from '../model/run-event.ts';
import { answerTo } from './answer-to.ts';
import type { Cause } from './cause.ts';
import { followingRecord, recordFollowing } from './record.ts';
import type { Rule } from './rule.ts';

/** A verdict with the rule that it is about. */
export interface RuleVerdictRecord {
	readonly rule: Rule;
	readonly record: RuleRecord;
}

/**
 * The verdicts of a run in which every genuine callback was refused. The rule that tells it fails;
 * what fails for the same refusal, and what passes because everything is refused, is not decided.
 */
export function underCause(verdicts: readonly RuleVerdictRecord[], cause: Cause): RuleRecord[] {
	const teller = cause.tellers.find((id) => verdicts.some(({ rule }) => rule.id === id));
	return verdicts.map(({ rule, record }) => {
		if (rule.id === teller) return record.verdict === 'failed' ? told(record, cause) : record;
		if (record.verdict === 'skipped' || record.follows !== undefined) return record;
		const isOwn = rule.standsAlone === true || isOtherwise(record, cause);
		return record.verdict === 'failed' && isOwn ? record : recordFollowing(rule, cause);
	});
}

/**
 * The verdicts of a run in which the wire's encoding is not taken: what was sent in that, and
 * answered as a genuine callback in it is, tells nothing more.
 */
export function underEncoding(
	verdicts: readonly RuleVerdictRecord[],
	cause: Cause,
): readonly RuleRecord[] {
	const usual = answerTo(cause.run)?.status;
	const type = contentTypeOf(cause.run.steps[0]?.results[0]?.request);
	const isEcho = ({ verdict, evidence, follows }: RuleRecord) =>
		(verdict === 'failed' || verdict === 'warned') &&
		follows === undefined &&
		evidence.length > 0 &&
		evidence.every(
			({ sent, answer }) =>
				answer?.kind === 'answered' && answer.status === usual && contentTypeOf(sent) === type,
		);
	return verdicts.map(({ rule, record }) =>
		isEcho(record) ? followingRecord(rule, cause.reason) : record,
	);
}

/** Cases that bring it down by the same error have one mistake: the first rule tells it. */
export function underCrash(verdicts: readonly RuleVerdictRecord[]): readonly RuleVerdictRecord[] {
	const tellers = new Map<string, string>();
	return verdicts.map((one) => {
		const error = one.record.verdict === 'failed' ? crashOf(one.record) : undefined;
		const teller = error === undefined ? undefined : tellers.get(error);
		if (error === undefined) return one;
		if (teller === undefined) {
			tellers.set(error, one.rule.id);
			return one;
		}
		const reason = `it brings the receiver down as ${teller} does: ${error}`;
		return { ...one, record: followingRecord(one.rule, reason) };
	});
}

/** The error that every case of a rule ended with; undefined where one did not, or said nothing. */
function crashOf({ evidence }: RuleRecord): string | undefined {
	const errors = new Set(evidence.map(({ log }) => errorIn(log ?? '')));
	const [only] = errors;
	return errors.size === 1 ? only : undefined;
}

const errorIn = (log: string): string | undefined =>
	log
		.split('\n')
		.findLast((line) => /^\S*(error|exception|panic|fatal)\b.*:/i.test(line.trim()))
		?.trim();

export function contentTypeOf(request: SentRequest | undefined): string | undefined {
	const found = request?.headers.find(({ name }) => name.toLowerCase() === 'content-type');
	return found?.value;
}

const told = (record: RuleRecord, { reason, fix }: Cause): RuleRecord => ({
	...record,
	hint: fix ?? record.hint,
	follows: reason,
});

/** Nothing was answered, or with a crash, where a genuine callback is merely refused. */
function isOtherwise({ evidence }: RuleRecord, { run }: Cause): boolean {
	const usual = answerTo(run)?.status ?? 0;
	if (evidence.length === 0) return true;
	return evidence.some(
		({ answer }) =>
			answer !== undefined && (answer.kind !== 'answered' || (answer.status >= 500 && usual < 500)),
	);
}
