import { capturedRequests } from '../capture/capture.ts';
import type { Received } from '../capture/received.ts';
import { bodyText } from '../compose/body-text.ts';
import { Problem } from '../model/problem.ts';

/**
 * A callback from a file or a clipboard: in whatever people have it (`capture/`), or a body alone.
 * @returns the readings to try, the likelier first: a bare `a=b&c=d` may be a form or a query
 * @throws Problem `body-invalid` when there is nothing
 */
export function readReceived(
	bytes: Uint8Array,
	contentType: string | undefined,
): readonly Received[] {
	const text = bodyText(bytes, contentType).trimStart();
	if (text.trim() === '')
		throw new Problem('body-invalid', 'there is nothing to verify', {
			hint: 'Give a file, or pipe a request or a body in.',
		});
	if (contentType !== undefined) return [bodyOnly(bytes, contentType)];
	const requests = capturedRequests(text);
	if (requests.length > 0) return requests;
	const line = text.trim();
	const query = (target: string): Received => ({
		method: 'GET',
		target,
		headers: {},
		body: new Uint8Array(),
		isOtherReading: true,
	});
	const body = bodyOnly(
		/[\0\ufffd]/.test(text) ? bytes : Buffer.from(text.replace(/\r?\n$/, '')),
		'',
	);
	return isPairs(line) ? [body, query(`/?${line}`)] : [body];
}

/** One word that has a name, an equals sign and no look of XML or JSON before it. */
function isPairs(line: string): boolean {
	const equals = line.indexOf('=', 1);
	return equals > 0 && !/\s/.test(line) && !/[<{[]/.test(line.slice(0, equals));
}

function bodyOnly(body: Uint8Array, contentType: string): Received {
	return {
		method: 'POST',
		target: '/',
		headers: contentType === '' ? {} : { 'content-type': contentType },
		body,
	};
}
