import { Problem } from '../model/problem.ts';
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
	const requests = /^\{/.test(text) ? fromJson(text) : [];
	if (requests.length > 0) return requests;
	const url = /^(?:https?:\/\/\S+\?|\/\S*\?|\?)(\S+)\s*$/.exec(text);
	const query = (target: string): Received => ({ method: 'GET', target, headers: {}, body: new Uint8Array() });
	if (url !== null)
		return [query(text.trim().replace(/^https?:\/\/[^/]+/, '')), bodyOnly(Buffer.from(url[1] ?? ''), '')];
	const body = bodyOnly(/[\0\ufffd]/.test(text) ? bytes : Buffer.from(text.replace(/\r?\n$/, '')), '');
	return /^[^\s<{[]+=\S*\s*$/.test(text) ? [body, query(`/?${text.trim()}`)] : [body];
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

interface JsonRequest {
	readonly method?: string;
	readonly url?: string;
	readonly headers?: Record<string, string> | { name: string; value: string }[];
	readonly body?: string;
	readonly bodyBase64?: string;
	readonly postData?: { text?: string; mimeType?: string; params?: { name: string; value: string }[] };
}

interface JsonHolder extends JsonRequest {
	readonly request?: JsonRequest;
	readonly log?: { readonly entries?: readonly { readonly request?: JsonRequest }[] };
}

/**
 * The requests in lines of `fire --json` or `listen --json`, in `show --json`, a HAR entry or a whole HAR; none for a
 * plain JSON body. The same request over several attempts is one.
 */
function fromJson(text: string): Received[] {
	const holders = parsed(text) ?? text.split('\n').flatMap((line) => parsed(line) ?? []);
	const requests = holders.flatMap((holder) => {
		const { request, log, ...own } = holder;
		return [request, ...(log?.entries ?? []).map((entry) => entry.request), own].flatMap((one) =>
			one?.url === undefined ? [] : [received(one)],
		);
	});
	const prints = requests.map(
		({ method, target, body }) => `${method} ${target} ${Buffer.from(body).toString('latin1')}`,
	);
	return requests.filter((_, at) => prints.indexOf(prints[at] ?? '') === at);
}

function parsed(text: string): JsonHolder[] | undefined {
	try {
		return [JSON.parse(text) as JsonHolder];
	} catch {
		return undefined;
	}
}

function received({ method = 'POST', url = '/', headers = {}, body, bodyBase64, postData }: JsonRequest): Received {
	const pairs = Array.isArray(headers)
		? headers.map(({ name, value }) => [name, value] as const)
		: Object.entries(headers);
	const params = postData?.params?.map(({ name, value }): [string, string] => [name, value]);
	const text = body ?? postData?.text ?? (params === undefined ? '' : new URLSearchParams(params).toString());
	return {
		method,
		target: url.replace(/^https?:\/\/[^/]+/, ''),
		headers: Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value])),
		body: bodyBase64 === undefined ? Buffer.from(text, 'utf8') : Buffer.from(bodyBase64, 'base64'),
	};
}
