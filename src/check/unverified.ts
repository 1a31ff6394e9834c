import type { RuleRecord } from '../model/rule-record.ts';
import { changedTheOrder, settledAs } from './judge-state.ts';
import { followingRecord } from './record.ts';
import { anyNumber } from './rules/steps.ts';
import type { RuleVerdictRecord } from './under-cause.ts';

/** Rules that all fail for one reason. */
interface Family {
	/** Tells it. */
	readonly teller: string;
	/** Fails as well, or it is no more than an oversight. */
	readonly witness: string;
	readonly ids: RegExp;
	/** So many of them with one result are no oversight in one. */
	readonly enough: number;
	/** How they fail then. */
	isOne(record: RuleRecord): boolean;
	reason(teller: RuleRecord): string;
}

const others = 'backdoor-reference|other-kinds-forged|direct-debit-forged|refusal-status';
const checksums = `checksum-.+|signed-field-tampered|wrong-field-list|${others}`;

const families: readonly Family[] = [
	{
		teller: 'failure-not-success',
		witness: 'unknown-status',
		ids: /^(failure-not-success|unknown-status|pending-not-(success|failure)|contradictory-codes|pre-transaction|cancelled-fields)$/,
		enough: 2,
		isOne: ({ verdict, evidence }) =>
			verdict === 'failed' && evidence.every(({ reason }) => reason.includes(settledAs)),
		reason: ({ rule }) => `whatever is reported settles an order alike, see ${rule}`,
	},
	{
		teller: 'checksum-wrong-key',
		witness: 'checksum-missing',
		ids: new RegExp(`^(${checksums})$`),
		enough: 4,
		isOne: isAnswered((status) => status < 400),
		reason: unverified,
	},
	{
		teller: 'digest-challenge',
		witness: 'digest-wrong-response',
		ids: new RegExp(`^(digest-.+|${others})$`),
		enough: 4,
		isOne: isAnswered((status) => status < 400),
		reason: unverified,
	},
	{
		teller: 'effect-behind-refusal',
		witness: 'effect-behind-refusal',
		ids: new RegExp(`^(effect-behind-refusal|digest-.+|${checksums})$`),
		enough: 4,
		isOne: isAnswered((status) => status >= 400 && status < 500),
		reason: ({ rule }) => `what is refused has an effect all the same, see ${rule}`,
	},
	// Nothing is compared, though something is looked at: what is missing may be refused.
	...[
		['checksum-wrong-key', checksums] as const,
		['digest-wrong-response', `digest-.+|${others}`] as const,
	].map(
		([teller, ids]): Family => ({
			teller,
			witness: teller,
			ids: new RegExp(`^(${ids})$`),
			enough: 2,
			isOne: isAnswered((status) => status < 400),
			reason: ({ rule }) => `a forgery with another key is accepted, see ${rule}`,
		}),
	),
];

/** Verified it may be, where no forgery settles the order: it is written to before that. */
function unverified({ rule, evidence }: RuleRecord): string {
	const isOnlyWritten = evidence.every(({ reason }) => reason.includes(changedTheOrder));
	return isOnlyWritten
		? `every kind of forgery leaves its trace on the order, see ${rule}`
		: `nothing is verified: any forgery is accepted, see ${rule}`;
}

/** All of its failures are answered so: none is a crash. */
function isAnswered(isSo: (status: number) => boolean): Family['isOne'] {
	return ({ verdict, evidence }) =>
		verdict === 'failed' &&
		evidence.every(({ answer }) => answer?.kind === 'answered' && isSo(answer.status));
}

/**
 * Where a receiver verifies nothing at all, or writes before it refuses, that is one failure: each
 * kind of forgery follows from it.
 */
export function underUnverified(verdicts: readonly RuleVerdictRecord[]): RuleVerdictRecord[] {
	return families
		.reduce((all, family) => underTeller(family, all), [...verdicts])
		.map((one) =>
			opensToAll(one.record) ? { ...one, record: followingRecord(one.rule, openToAll) } : one,
		);
}

const openToAll = 'a forgery with another key is accepted, whatever the order number';

/** A back door is told from no door at all by an order number like any other. */
const opensToAll = ({ rule, verdict, evidence }: RuleRecord): boolean =>
	rule === 'backdoor-reference' &&
	verdict === 'failed' &&
	evidence.some((one) => one.case === anyNumber);

function underTeller(family: Family, verdicts: RuleVerdictRecord[]): RuleVerdictRecord[] {
	const asked = verdicts.filter(
		({ rule, record }) => family.ids.test(rule.id) && record.verdict !== 'skipped',
	);
	const taken = asked.filter(({ record }) => family.isOne(record));
	const isAsked = (id: string) => asked.some(({ rule }) => rule.id === id);
	const takenOf = (id: string) => taken.find(({ rule }) => rule.id === id);
	const teller = takenOf(family.teller);
	const isWitnessed = !isAsked(family.witness) || takenOf(family.witness) !== undefined;
	if (teller === undefined || !isWitnessed || taken.length < Math.min(family.enough, asked.length))
		return verdicts;
	const reason = family.reason(teller.record);
	return verdicts.map((one) =>
		one !== teller && taken.includes(one)
			? { ...one, record: followingRecord(one.rule, reason) }
			: one,
	);
}
