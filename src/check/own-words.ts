import type { RuleRecord } from '../model/rule-record.ts';
import type { Subject } from './subject.ts';

/** Rules speak of a checksum, as most shops do; here of what this provider calls it. */
export function inOwnWords(
	record: RuleRecord,
	{ signature, signatureName }: Pick<Subject, 'signature' | 'signatureName'>,
): RuleRecord {
	const word = signature === 'field' ? `\`${signatureName ?? 'signature'}\`` : 'signature';
	if (word === '`checksum`') return record;
	// Names of rules and fields have more on one side; what the receiver wrote is left alone.
	const own = (text: string) => text.replace(/(?<![-.\w`])checksum(?![-.\w`])/g, word);
	const behind = (about: string, text: string) =>
		text.startsWith(about) ? own(about) + text.slice(about.length) : text;
	return {
		...record,
		...{ title: own(record.title), hint: own(record.hint) },
		reason: behind(record.evidence[0]?.case ?? '', record.reason),
		evidence: record.evidence.map((one) => ({
			...one,
			...{ case: own(one.case), reason: behind(one.case, one.reason) },
		})),
	};
}
