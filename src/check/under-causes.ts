import type { RuleRecord } from '../model/rule-record.ts';
import type { Cause } from './cause.ts';
import type { Meeting } from './meet.ts';
import { type RuleVerdictRecord, underCause, underCrash, underEncoding } from './under-cause.ts';
import { type Tried, underEffects } from './under-effects.ts';
import { underForm } from './under-form.ts';
import { underUnverified } from './unverified.ts';

/** Every verdict, and what follows from another one under that: a cause is told once. */
export function underCauses(
	judged: readonly RuleVerdictRecord[],
	{ refusal, otherEncoding }: Pick<Meeting, 'refusal' | 'otherEncoding'>,
	tried: Tried,
): readonly RuleRecord[] {
	const byOrders = refusal === undefined ? underEffects(judged, tried) : judged;
	const verdicts = underCrash(underForm(underUnverified(byOrders), tried.runs));
	if (refusal !== undefined) return underCause(verdicts, withProof(refusal, judged));
	if (otherEncoding !== undefined) return underEncoding(verdicts, otherEncoding);
	return verdicts.map(({ record }) => record);
}

/** What another form of the callback has proved is more certain than what an answer suggests. */
function withProof(refusal: Cause, judged: readonly RuleVerdictRecord[]): Cause {
	const proof = judged.find(
		({ rule, record }) => rule.id === 'inner-json' && record.verdict === 'failed',
	);
	return proof === undefined ? refusal : { ...refusal, fix: proof.record.hint };
}
