import type * as contract from '../../model/contract/exchange.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Header } from '../../model/request.ts';
import type { SentRequest } from '../../model/run-event.ts';
import { type Mask, maskBytes } from '../safe/mask.ts';
import { maskedHeaders } from '../safe/masked.ts';
import { bodyFields } from './body-json.ts';

/** A field of a later step may be what an earlier answer told: own credentials are masked here as well. */
export function requestJson(sent: SentRequest, mask: Mask, mostOfBody?: number): contract.SentRequest {
	const { method, url, headers, body } = sent;
	const shown = Object.entries(headersJson(headers)).map(([name, value]) => [name, mask(value)]);
	return {
		method,
		url: mask(url),
		headers: Object.fromEntries(shown),
		...bodyFields(body === undefined ? undefined : maskBytes(body, mask), false, mostOfBody),
	};
}

/** Lower-case names, as every HTTP library reads them back; credentials as they may be shown. */
export function headersJson(headers: readonly Header[]): Record<string, string> {
	return Object.fromEntries(headers.map(({ name, shown }) => [name.toLowerCase(), shown]));
}

export function outcomeJson(outcome: Outcome, mask: Mask, mostOfBody?: number): contract.Outcome {
	if (outcome.kind !== 'answered') return outcome;
	const { kind, status, headers, body, truncated, tookMs } = outcome;
	return {
		kind,
		status,
		headers: maskedHeaders(headers, mask),
		...bodyFields(maskBytes(body, mask), truncated, mostOfBody),
		tookMs,
	};
}
