import type { ChalkInstance } from 'chalk';
import type { Composed } from '../../compose/compose.ts';
import { requestLines } from '../../report/text/exchange-text.ts';
import { orderText } from '../../report/text/order-text.ts';

export interface PreviewLook {
	readonly paint: ChalkInstance;
	readonly mask: (text: string) => string;
	/** Epoch milliseconds: of headers that carry a time. */
	readonly now: number;
}

/** The request as it will be sent, and what its signature is over. */
export function previewLines(item: Composed, { paint, mask, now }: PreviewLook): string[] {
	const { request, event, target } = item;
	const { method, url, body } = request;
	const sent = { method, url: url.href, headers: request.headersAt(now), body };
	const order = orderText(item.order);
	return [
		`${paint.bold(event.id)} → ${target}`,
		...(order === undefined ? [] : [`  ${paint.cyan(order)}`]),
		...requestLines(sent, mask).map((line) => `  ${paint.dim('│')} ${line}`),
		`  ${paint.dim(signedText(item, now))}`,
	].map(mask);
}

/** What is signed, how, and with whose key. */
export function signedText(item: Composed, now: number): string {
	const { request, message, credentials, faults } = item;
	const key = faults.includes('wrong-key')
		? 'a key that is not yours'
		: credentials === 'own'
			? 'your own key'
			: "callsim's own simulator key";
	if (message.digest !== undefined && !faults.includes('unsigned'))
		return `sent without credentials first; an HTTP Digest challenge is answered with ${key}`;
	const trace = request.signatureAt(now);
	if (trace === undefined)
		return message.signature === undefined ? 'nothing is signed here' : 'the signature is left out';
	const name = 'field' in trace.into ? trace.into.field : trace.into.header;
	const over =
		trace.fields.length === 1 && trace.fields[0] === 'body'
			? 'the bytes of the body'
			: trace.fields.join(', ');
	const forged = faults.includes('tamper') ? '; changed after that, so that it does not match' : '';
	return `${name}: ${trace.algorithm} with ${key} over ${over}${forged}`;
}
