import type { RuleRecord } from '../model/rule-record.ts';
import { followingRecord } from './record.ts';
import type { RuleVerdictRecord } from './under-cause.ts';

/** Tells that nothing is verified; the others of its family fail for the same reason then. */
const teller = 'checksum-wrong-key';

const family =
	/^(checksum-.+|signed-field-tampered|wrong-field-list|backdoor-reference|other-kinds-forged|direct-debit-forged|refusal-status)$/;

/**
 * So many kinds of forgery accepted, another key and no signature among them, are no oversight in
 * one of them.
 */
const enough = 4;

/**
 * Where a receiver verifies nothing at all, that is one failure: each kind of forgery that it takes
 * follows from it.
 */
export function underUnverified(verdicts: readonly RuleVerdictRecord[]): RuleVerdictRecord[] {
	const taken = verdicts.filter(({ rule, record }) => family.test(rule.id) && isTaken(record));
	const isTakenOf = (id: string) => taken.some(({ rule }) => rule.id === id);
	if (taken.length < enough || !isTakenOf(teller) || !isTakenOf('checksum-missing'))
		return [...verdicts];
	const reason = `nothing is verified: any forgery is accepted, see ${teller}`;
	return verdicts.map((one) =>
		one.rule.id !== teller && taken.includes(one)
			? { ...one, record: followingRecord(one.rule, reason) }
			: one,
	);
}

/** Failed because forgeries were accepted, not because of a crash. */
function isTaken({ verdict, evidence }: RuleRecord): boolean {
	return (
		verdict === 'failed' &&
		evidence.every(({ answer }) => answer?.kind === 'answered' && answer.status < 400)
	);
}
