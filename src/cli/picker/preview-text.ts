import type { ChalkInstance } from 'chalk';
import type { Composed } from '../../compose/compose.ts';
import { requestLines } from '../../report/text/exchange-text.ts';
import { laidOut } from '../../report/text/layout.ts';
import { orderText } from '../../report/text/order-text.ts';

export interface PreviewLook {
	readonly paint: ChalkInstance;
	readonly mask: (text: string) => string;
	/** Epoch milliseconds: of headers that carry a time. */
	readonly now: number;
}

/** What there is room for; the rest is behind `explain`. */
export interface PreviewRoom {
	readonly columns: number;
	readonly rows: number;
}

/** The request as it will be sent, and what its signature is over; folded where it is too long. */
export function previewLines(item: Composed, look: PreviewLook, room?: PreviewRoom): string[] {
	const [line = '', ...more] = wholeRequest(item, look);
	const { headers, ...parts } = partsOf(item, look);
	const built = (shown: readonly string[], signed: string) => [
		...parts.head,
		...[line, ...shown].map((one) => `  ${look.paint.dim('│')} ${one}`),
		`  ${look.paint.dim(signed)}`,
	];
	const whole = built(more, signedText(item, look.now));
	if (room === undefined || heightOf(whole, room.columns) <= room.rows) return whole.map(look.mask);
	const body = more.slice(headers);
	const folded = (count: number) =>
		built(
			[...body.slice(0, count), `… ${more.length - count} more lines: explain shows all`],
			signedText(item, look.now, true),
		);
	let count = body.length - 1;
	while (count > 0 && heightOf(folded(count), room.columns) > room.rows) count -= 1;
	return folded(count).map(look.mask);
}

/** Request line, headers, fields. */
export function wholeRequest({ request }: Composed, { mask, now }: PreviewLook): string[] {
	const { method, url, body } = request;
	return requestLines({ method, url: url.href, headers: request.headersAt(now), body }, mask);
}

function partsOf({ request, event, target, order }: Composed, { paint, now }: PreviewLook) {
	const text = orderText(order);
	return {
		head: [
			`${paint.bold(event.id)} → ${target}`,
			...(text === undefined ? [] : [`  ${paint.cyan(text)}`]),
		],
		headers: request.headersAt(now).length,
	};
}

const heightOf = (lines: readonly string[], columns: number): number =>
	laidOut(lines.join('\n'), columns).split('\n').length;

/** What is signed, how, and with whose key. */
export function signedText(item: Composed, now: number, isBrief = false): string {
	const { request, message, credentials, faults } = item;
	const right = credentials === 'own' ? 'your own key' : "callsim's own simulator key";
	const key = faults.includes('wrong-key') ? 'a key that is not yours' : right;
	if (message.digest !== undefined && !faults.includes('unsigned'))
		return `sent without credentials first; an HTTP Digest challenge is answered with ${key}`;
	const trace = request.signatureAt(now);
	if (trace === undefined)
		return message.signature === undefined ? 'nothing is signed here' : 'the signature is left out';
	const name = 'field' in trace.into ? trace.into.field : trace.into.header;
	const { fields } = trace;
	const names = isBrief && fields.length > 3 ? `${fields.length} fields` : fields.join(', ');
	const over = fields.length === 1 && fields[0] === 'body' ? 'the bytes of the body' : names;
	const forged = faults.includes('tamper') ? '; changed after that, so that it does not match' : '';
	return `${name}: ${trace.algorithm} with ${key} over ${over}${forged}`;
}
