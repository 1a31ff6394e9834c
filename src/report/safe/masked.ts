import type { Outcome } from '../../model/outcome.ts';
import type { SentRequest } from '../../model/run-event.ts';
import { printableLine } from './escape.ts';
import { type Mask, maskBytes } from './mask.ts';

/** Text of somebody else on one line of a terminal. */
export const maskedLine = (text: string, mask: Mask): string => printableLine(mask(text));

type AnswerHeaders = Extract<Outcome, { kind: 'answered' }>['headers'];

/** What came back, without the user's own credentials. */
export function maskedOutcome(outcome: Outcome, mask: Mask): Outcome {
	if (outcome.kind !== 'answered')
		return 'detail' in outcome ? { ...outcome, detail: mask(outcome.detail) } : outcome;
	const { headers, body, truncated } = outcome;
	return {
		...outcome,
		headers: maskedHeaders(headers, mask),
		body: maskBytes(body, mask, truncated),
	};
}

function maskedHeaders(headers: AnswerHeaders, mask: Mask): AnswerHeaders {
	const masked = Object.entries(headers).map(([name, value]) => [
		mask(name),
		typeof value === 'string' ? mask(value) : value.map(mask),
	]);
	return Object.fromEntries(masked);
}

/** What was sent, as it may be shown: a report must not hold what it does not print. */
export function maskedSent(sent: SentRequest, mask: Mask): SentRequest {
	return {
		...sent,
		url: mask(sent.url),
		headers: sent.headers.map(({ name, shown }) => {
			const safe = mask(shown);
			return { name, value: safe, shown: safe, shell: safe };
		}),
		body: sent.body === undefined ? undefined : maskBytes(sent.body, mask),
	};
}

/** Every text in a value, before it is JSON, of which a mask must not take a part away. */
export function maskedStrings<T>(value: T, mask: Mask): T {
	return JSON.parse(JSON.stringify(value), (_key, inner: unknown) =>
		typeof inner === 'string' ? mask(inner) : inner,
	) as T;
}
