import type { Composed } from '../../compose/compose.ts';
import type * as contract from '../../model/contract/callback.ts';
import type { Verdict } from '../../verify/verdict.ts';
import type { Arrival, Forwarded } from '../arrival.ts';
import { safeJson } from '../safe/escape.ts';
import { type Mask, maskBytes } from '../safe/mask.ts';
import { maskedStrings } from '../safe/masked.ts';
import { bodyFields } from './body-json.ts';
import { isoTime } from './event-json.ts';
import { headersJson } from './exchange-json.ts';

/** `show --json`. @param now epoch milliseconds of the attempt */
export function shownJson(
	{ event, options, request }: Composed,
	now: number,
): contract.ShownCallback {
	const trace = request.signatureAt(now);
	return {
		v: 1,
		event: event.id,
		options,
		method: request.method,
		url: request.url.href,
		headers: headersJson(request.headersAt(now)),
		...bodyFields(request.body),
		signature: trace === undefined ? undefined : signatureOf(trace),
	};
}

type Signature = NonNullable<contract.ShownCallback['signature']>;

const signatureOf = ({ algorithm, fields, canonical, value }: Signature): Signature => ({
	algorithm,
	fields,
	canonical,
	value,
});

/** `verify --json` @param isOwn the signature is the one given as expected, not one received */
export function verdictJson(verdict: Verdict, mask: Mask, isOwn = false): string {
	const { genuine, event, options, cause, explanation, mistakes } = verdict;
	const facts = verdict.signature;
	// In the words of who asked: expected is what they gave, received what the callback carries.
	const whose =
		isOwn && facts !== null ? { expected: facts.received ?? '', received: facts.expected } : {};
	const signature = facts === null ? null : { ...facts, ...whose, right: facts.expected };
	const found = mistakes.map(({ code, php, js }) => ({ code, php, js }));
	const look = found.length === 0 ? undefined : found;
	const fields = maskedStrings(
		{ genuine, event, options, cause, explanation, signature, look },
		mask,
	);
	return `${safeJson({ v: 1, type: 'verdict', ...fields } satisfies contract.VerdictEvent)}\n`;
}

/** `listen --json`, its first line. */
export function listeningJson(url: string, page?: string): string {
	return `${safeJson({ v: 1, type: 'listening', url, page } satisfies contract.ListeningEvent)}\n`;
}

/** `listen --json`, a line a request. */
export const arrivalJson = (arrival: Arrival, mask: Mask): string =>
	`${safeJson(receivedEvent(arrival, mask))}\n`;

/** The same as an object. @param mostOfBody bytes that are shown */
export function receivedEvent(
	{ at, received, verdict, answered, repeatOf, challenge, forwarded }: Arrival,
	mask: Mask,
	mostOfBody?: number,
): contract.ReceivedEvent {
	const { method, target, headers, body } = received;
	const { genuine, event, cause, explanation } = verdict;
	const shown = bodyFields(maskBytes(body, mask), false, mostOfBody);
	return {
		v: 1,
		type: 'received',
		at: isoTime(at),
		request: maskedStrings({ method, url: target, headers, ...shown }, mask),
		event,
		genuine,
		cause,
		why: mask(explanation),
		answered,
		repeatOf: repeatOf?.request,
		challenged: challenge === 'asked' ? true : undefined,
		forwarded: forwarded === undefined ? undefined : forwardedJson(forwarded, mask),
	};
}

function forwardedJson(forwarded: Forwarded, mask: Mask): contract.Forwarded {
	const { url, tookMs } = forwarded;
	if ('failure' in forwarded)
		return maskedStrings({ url, tookMs, failure: forwarded.failure }, mask);
	const { status, rawHeaders, body } = forwarded;
	const names = rawHeaders.filter((_, at) => at % 2 === 0);
	const headers = Object.fromEntries(
		names.map((name, at) => [name.toLowerCase(), rawHeaders[2 * at + 1] ?? '']),
	);
	return maskedStrings(
		{ url, tookMs, status, headers, ...bodyFields(maskBytes(body, mask)) },
		mask,
	);
}
