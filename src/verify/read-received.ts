import { Problem } from '../model/problem.ts';
import { jsonRequests } from './json-requests.ts';
import type { Received } from './received.ts';

/**
 * A callback from a file or a clipboard: a raw HTTP request, a line of this tool's JSON, a HAR entry, a URL or query, or
 * a body alone.
 *
 * @returns the readings to try, the likelier first: a bare `a=b&c=d` may be a form or a query
 * @throws Problem `body-invalid` when there is nothing
 */
export function readReceived(bytes: Uint8Array, contentType: string | undefined): Received[] {
	const text = Buffer.from(bytes)
		.toString('utf8')
		.replace(/^\ufeff/, '')
		.trimStart();
	if (text.trim() === '')
		throw new Problem('body-invalid', 'there is nothing to verify', {
			hint: 'Give a file, or pipe a request or a body in.',
		});
	if (contentType !== undefined) return [bodyOnly(bytes, contentType)];
	const http = /^[A-Z]+ \S+ HTTP\/\d/m.exec(text);
	if (http !== null) return [fromHttp(Buffer.from(text.slice(http.index), 'utf8'))];
	const requests = text.startsWith('{') ? jsonRequests(text) : [];
	if (requests.length > 0) return requests;
	const line = text.trim();
	const query = (target: string): Received => ({ method: 'GET', target, headers: {}, body: new Uint8Array() });
	const behind = queryOf(line);
	if (behind !== undefined) return [query(line.replace(/^https?:\/\/[^/]+/, '')), bodyOnly(Buffer.from(behind), '')];
	const body = bodyOnly(/[\0\ufffd]/.test(text) ? bytes : Buffer.from(text.replace(/\r?\n$/, '')), '');
	return isPairs(line) ? [body, query(`/?${line}`)] : [body];
}

/** The query of a URL or of a bare `?a=b`; undefined for anything else. */
function queryOf(line: string): string | undefined {
	if (!/^(https?:\/\/|\/|\?)\S*$/.test(line)) return undefined;
	const at = line.startsWith('?') ? 0 : line.lastIndexOf('?', line.length - 2);
	return at < 0 || at === line.length - 1 ? undefined : line.slice(at + 1);
}

/** One word that has a name, an equals sign and no look of XML or JSON before it. */
function isPairs(line: string): boolean {
	const equals = line.indexOf('=', 1);
	return equals > 0 && !/\s/.test(line) && !/[<{[]/.test(line.slice(0, equals));
}

function bodyOnly(body: Uint8Array, contentType: string): Received {
	return { method: 'POST', target: '/', headers: contentType === '' ? {} : { 'content-type': contentType }, body };
}

function fromHttp(bytes: Uint8Array): Received {
	const raw = Buffer.from(bytes).toString('latin1').trimStart();
	const [, head = '', body = ''] = /^([\s\S]*?)\r?\n\r?\n([\s\S]*)$/.exec(raw) ?? [undefined, raw, ''];
	const [line = '', ...lines] = head.split(/\r?\n/);
	const [method = 'POST', target = '/'] = line.split(' ');
	const headers = Object.fromEntries(
		lines.map((text) => [
			text.slice(0, text.indexOf(':')).trim().toLowerCase(),
			text.slice(text.indexOf(':') + 1).trim(),
		]),
	);
	if (/chunked/i.test(headers['transfer-encoding'] ?? ''))
		return { method, target, headers, body: Buffer.from(unchunked(body), 'latin1') };
	const length = headers['content-length'];
	const exact =
		length === undefined || !/^\d+$/.test(length) ? body.replace(/\r?\n$/, '') : body.slice(0, Number(length));
	return { method, target: target.replace(/^https?:\/\/[^/]+/, ''), headers, body: Buffer.from(exact, 'latin1') };
}

/** RFC 9112, section 7.1: sizes in hexadecimal before each part, a zero at the end. */
function unchunked(text: string): string {
	let body = '';
	for (let rest = text; ; ) {
		const head = /^([0-9a-f]+)[^\n]*\n/i.exec(rest);
		const size = Number.parseInt(head?.[1] ?? '0', 16);
		if (head === null || size === 0) return body;
		body += rest.slice(head[0].length, head[0].length + size);
		rest = rest.slice(head[0].length + size).replace(/^\r?\n/, '');
	}
}
