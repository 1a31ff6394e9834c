import type * as contract from '../../model/contract/exchange.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Header } from '../../model/request.ts';
import type { SentRequest } from '../../model/run-event.ts';
import type { Mask } from '../safe/mask.ts';
import { maskedOutcome, maskedSent } from '../safe/masked.ts';
import { bodyFields } from './body-json.ts';

/**
 * What an earlier answer told may be sent: own credentials are masked here as well.
 * @param mostOfBody is shown, behind the mask: half a credential would not be known for one
 */
export function requestJson(
	sent: SentRequest,
	mask: Mask,
	mostOfBody?: number,
): contract.SentRequest {
	const { method, url, headers, body } = maskedSent(sent, mask);
	return { method, url, headers: headersJson(headers), ...bodyFields(body, false, mostOfBody) };
}

/** Lower-case names, as every HTTP library reads them back; credentials as they may be shown. */
export function headersJson(headers: readonly Header[]): Record<string, string> {
	return Object.fromEntries(headers.map(({ name, shown }) => [name.toLowerCase(), shown]));
}

export function outcomeJson(outcome: Outcome, mask: Mask, mostOfBody?: number): contract.Outcome {
	const shown = maskedOutcome(outcome, mask);
	if (shown.kind !== 'answered') return shown;
	const { kind, status, headers, body, truncated, tookMs } = shown;
	return { kind, status, headers, ...bodyFields(body, truncated, mostOfBody), tookMs };
}
