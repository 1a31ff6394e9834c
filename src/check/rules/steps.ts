import type { RuleCase } from '../case.ts';
import type { CaseStep, StepShaping } from '../case-step.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';

/** A success, shaped. */
export const success = (
	subject: Subject,
	shaping: StepShaping = {},
	more: Partial<CaseStep> = {},
): CaseStep => ({
	event: subject.success,
	shaping,
	...more,
});

/** A forgery of a success: refused, and the order stays as it was. */
export function forged(
	about: string,
	subject: Subject,
	shaping: StepShaping,
	more: Partial<RuleCase> & { step?: Partial<CaseStep> } = {},
): RuleCase {
	const { step, ...rest } = more;
	const control = shaping.variants ?? [];
	return {
		about,
		steps: [success(subject, shaping, step)],
		answer: 'refused',
		state: 'unchanged',
		control,
		...rest,
	};
}

/** A genuine success in some special form: acknowledged, and it takes effect. */
export function genuine(
	about: string,
	subject: Subject,
	shaping: StepShaping,
	more: Partial<RuleCase> & { step?: Partial<CaseStep> } = {},
): RuleCase {
	const { step, ...rest } = more;
	return {
		about,
		steps: [success(subject, shaping, step)],
		answer: 'acknowledged',
		state: 'success',
		stateAdds: true,
		...rest,
	};
}

/** What a receiver gets that is no callback at all. */
export function garbage(
	about: string,
	subject: Subject,
	body: string | Uint8Array,
	more: Partial<RuleCase> & { step?: Partial<CaseStep> } = {},
): RuleCase {
	const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
	const { step, ...rest } = more;
	const isOther = step?.wire === json && subject.message.write !== 'json';
	return {
		about,
		steps: [success(subject, {}, { ...step, wire: { ...step?.wire, body: () => bytes } })],
		answer: 'rejected',
		dangerous: true,
		// Whoever reads no JSON at all is not asked what it makes of JSON that is none.
		...(isOther && subject.has(subject.success, 'json')
			? { control: ['json'], controlOptional: true }
			: {}),
		...rest,
	};
}

/** Rules about a body, for messages that have one. */
export const inBody = (rule: Rule): Rule => ({
	...rule,
	cases: (subject) =>
		subject.message.write === 'query'
			? 'everything stands in the URL, and no body is sent'
			: rule.cases(subject),
});

/** Rules about a signature in a field or a header; HTTP Digest has its own. */
export const signed =
	(cases: (subject: Subject, name: string) => readonly RuleCase[] | string) =>
	(subject: Subject): readonly RuleCase[] | string => {
		if (subject.signature === 'digest') return 'HTTP Digest is proved by the rules digest-*';
		if (subject.signature === 'none' || subject.signatureName === undefined)
			return withoutSignature;
		return cases(subject, subject.signatureName);
	};

/** Rules about a failure, which not every provider reports. */
export const withFailure =
	(cases: (subject: Subject, failure: string) => readonly RuleCase[] | string) =>
	(subject: Subject): readonly RuleCase[] | string =>
		subject.failure === undefined
			? 'the provider reports no failures'
			: cases(subject, subject.failure);

/** Every event that reports a failure in the same message: failed, cancelled, declined. */
export function failuresOf({ events, failure, unreadable }: Subject): string[] {
	const message = events.get(failure ?? '')?.message;
	return [...events]
		.filter(([name, event]) => event.message === message && /fail|cancel|declin|reject/.test(name))
		.map(([name]) => name)
		.filter((name) => !unreadable.includes(name));
}

/** With which an order whose number opens nothing is told from one that does. */
export const anyNumber = 'an order number like any other';

export const withoutSignature = 'this provider signs nothing';

/** The content type of the other encodings, for bodies that are written by hand. */
export const json = { headers: { 'content-type': 'application/json' } };
export const xml = { headers: { 'content-type': 'application/xml' } };
