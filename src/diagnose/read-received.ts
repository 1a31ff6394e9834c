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
	if (/^[A-Z]+ \S+ HTTP\/\d/.test(text)) return [fromHttp(bytes)];
	const json = /^\{/.test(text) ? fromJson(text) : undefined;
	if (json !== undefined) return [json];
	const url = /^(?:https?:\/\/\S+\?|\/\S*\?|\?)(\S+)\s*$/.exec(text);
	if (url !== null)
		return [
			{ method: 'GET', target: text.trim().replace(/^https?:\/\/[^/]+/, ''), headers: {}, body: new Uint8Array() },
		];
	const body = bodyOnly(Buffer.from(text.replace(/\r?\n$/, '')), '');
	if (!/^[^\s<{[]+=/.test(text)) return [body];
	return [body, { method: 'GET', target: `/?${text.trim()}`, headers: {}, body: new Uint8Array() }];
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
	const length = headers['content-length'];
	const exact =
		length === undefined || !/^\d+$/.test(length) ? body.replace(/\r?\n$/, '') : body.slice(0, Number(length));
	return { method, target: target.replace(/^https?:\/\/[^/]+/, ''), headers, body: Buffer.from(exact, 'latin1') };
}

interface JsonRequest {
	readonly method?: string;
	readonly url?: string;
	readonly headers?: Record<string, string> | { name: string; value: string }[];
	readonly body?: string;
	readonly bodyBase64?: string;
	readonly postData?: { text?: string; mimeType?: string };
}

/** A line of `fire --json` or `listen --json`, `show --json`, a HAR entry, or a whole HAR with one; undefined for a plain JSON body. */
function fromJson(text: string): Received | undefined {
	let value: { request?: JsonRequest; log?: { entries?: { request?: JsonRequest }[] } } & JsonRequest;
	try {
		value = JSON.parse(text.split('\n').find((line) => line.includes('"request"')) ?? text);
	} catch {
		return undefined;
	}
	const request =
		value.request ??
		value.log?.entries?.[0]?.request ??
		(value.method !== undefined && value.url !== undefined ? value : undefined);
	if (request?.url === undefined) return undefined;
	const pairs = Array.isArray(request.headers)
		? request.headers.map(({ name, value: text }) => [name, text] as const)
		: Object.entries(request.headers ?? {});
	const headers = Object.fromEntries(pairs.map(([name, header]) => [name.toLowerCase(), header]));
	const body =
		request.bodyBase64 === undefined
			? Buffer.from(request.body ?? request.postData?.text ?? '', 'utf8')
			: Buffer.from(request.bodyBase64, 'base64');
	return { method: request.method ?? 'POST', target: request.url.replace(/^https?:\/\/[^/]+/, ''), headers, body };
}
