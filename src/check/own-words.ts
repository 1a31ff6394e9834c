import type { RuleInfo, RuleRecord } from '../model/rule-record.ts';
import type { Subject } from './subject.ts';

/** What a provider proves itself with. */
type Proof = Pick<Subject, 'signature' | 'signatureName'>;

/** What this provider calls it; Digest answers a challenge and signs nothing. */
export function signatureWord({ signature, signatureName }: Proof): string {
	if (signature === 'digest') return 'Digest answer';
	if (signatureName === undefined) return 'signature';
	return signatureName === 'checksum' ? signatureName : `\`${signatureName}\``;
}

/** Rules speak of a checksum, as most shops do; here of what this provider calls it. */
export function ruleInOwnWords<T extends Pick<RuleInfo, 'title' | 'hint' | 'why'>>(
	rule: T,
	proof: Proof,
): T {
	const own = ownWords(proof);
	return { ...rule, title: own(rule.title), hint: own(rule.hint), why: own(rule.why) };
}

/** Names of rules and fields have more on one side; what the receiver wrote is left alone. */
const ownWords =
	(proof: Proof) =>
	(text: string): string =>
		text.replace(/(?<![-.\w`])checksum(?![-\w`]|\.\w)/g, signatureWord(proof));

/** The same of a verdict, its cases and its reasons. */
export function inOwnWords(record: RuleRecord, proof: Proof): RuleRecord {
	const own = ownWords(proof);
	const behind = (about: string, text: string) =>
		text.startsWith(about) ? own(about) + text.slice(about.length) : text;
	return {
		...ruleInOwnWords(record, proof),
		reason: behind(record.evidence[0]?.case ?? '', record.reason),
		evidence: record.evidence.map((one) => ({
			...one,
			...{ case: own(one.case), reason: behind(one.case, one.reason) },
		})),
	};
}
