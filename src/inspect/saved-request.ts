import { isConfidential } from '../model/header-name.ts';
import type { Arrival } from '../report/arrival.ts';
import { receivedEvent } from '../report/json/callback-json.ts';
import { safeJson } from '../report/safe/escape.ts';
import { type Mask, maskBytes } from '../report/safe/mask.ts';

export interface SavedRequest {
	/** Of a file; sorts by number. */
	readonly name: string;
	readonly bytes: Uint8Array;
}

/**
 * A request as it came over the wire, which `verify` and `replay` read; where its body is no UTF-8,
 * as a line of `listen --json`. Without the user's credentials: headers that carry some are masked,
 * unless they are the simulator's, which are public.
 * @param isPublic whether its provider's credentials are
 */
export function savedRequest(arrival: Arrival, mask: Mask, isPublic: boolean): SavedRequest {
	const { number, received, rawHeaders, verdict } = arrival;
	const isShown = isPublic && verdict.genuine;
	const hidden = (name: string) => !isShown && isConfidential(name);
	const name = `${String(number).padStart(5, '0')}-${(verdict.event ?? 'unknown').replace(/[^\w-]+/g, '-')}`;
	const body = maskBytes(received.body, mask);
	if (!isUtf8(body)) {
		const event = receivedEvent(arrival, mask, Number.POSITIVE_INFINITY);
		const headers = Object.fromEntries(
			Object.entries(event.request.headers).map(([one, value]) => [
				one,
				hidden(one) ? '[masked]' : value,
			]),
		);
		const shown = { ...event, request: { ...event.request, headers } };
		return { name: `${name}.json`, bytes: Buffer.from(`${safeJson(shown)}\n`) };
	}
	const lines = rawHeaders.flatMap((header, at) => {
		if (at % 2 === 1 || /^(transfer-encoding|content-length)$/i.test(header)) return [];
		const value = rawHeaders[at + 1] ?? '';
		return [`${header}: ${hidden(header) ? '[masked]' : mask(value)}`];
	});
	const length = body.length === 0 ? [] : [`Content-Length: ${body.length}`];
	const head = [
		`${received.method} ${mask(received.target)} HTTP/1.1`,
		...lines,
		...length,
		'',
		'',
	];
	return {
		name: `${name}.http`,
		bytes: Buffer.concat([Buffer.from(head.join('\r\n'), 'latin1'), body]),
	};
}

function isUtf8(bytes: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
		return true;
	} catch {
		return false;
	}
}
