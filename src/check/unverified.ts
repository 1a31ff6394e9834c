import type { RuleRecord } from '../model/rule-record.ts';
import { followingRecord } from './record.ts';
import type { RuleVerdictRecord } from './under-cause.ts';

/** Rules that all fail where nothing is verified at all. */
interface Family {
	/** Tells it. */
	readonly teller: string;
	/** Fails as well, or it is no more than an oversight. */
	readonly witness: string;
	readonly ids: RegExp;
}

const others = 'backdoor-reference|other-kinds-forged|direct-debit-forged|refusal-status';

const families: readonly Family[] = [
	{
		teller: 'checksum-wrong-key',
		witness: 'checksum-missing',
		ids: new RegExp(`^(checksum-.+|signed-field-tampered|wrong-field-list|${others})$`),
	},
	{
		teller: 'digest-challenge',
		witness: 'digest-wrong-response',
		ids: new RegExp(`^(digest-.+|${others})$`),
	},
];

/** So many kinds of forgery accepted are no oversight in one of them. */
const enough = 4;

/**
 * Where a receiver verifies nothing at all, that is one failure: each kind of forgery that it takes
 * follows from it.
 */
export function underUnverified(verdicts: readonly RuleVerdictRecord[]): RuleVerdictRecord[] {
	return families.reduce((all, family) => underTeller(family, all), [...verdicts]);
}

function underTeller({ teller, witness, ids }: Family, verdicts: RuleVerdictRecord[]) {
	const asked = verdicts.filter(
		({ rule, record }) => ids.test(rule.id) && record.verdict !== 'skipped',
	);
	const taken = asked.filter(({ record }) => isTaken(record));
	const isAsked = (id: string) => asked.some(({ rule }) => rule.id === id);
	const isTakenOf = (id: string) => taken.some(({ rule }) => rule.id === id);
	const isAll = taken.length >= Math.min(enough, asked.length);
	if (!isAll || !isTakenOf(teller) || (isAsked(witness) && !isTakenOf(witness))) return verdicts;
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
