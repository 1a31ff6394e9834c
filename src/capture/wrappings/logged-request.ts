import { Problem } from '../../model/problem.ts';
import type { Received } from '../received.ts';
import { type Json, listOf, objectOf, pathAndQuery } from '../wrapping.ts';
import { bodyOf, headersOf } from './request-parts.ts';

/**
 * A request written down with its parts by name: a line of this tool's JSON, an entry of a HAR or a
 * whole HAR, what webhook.site, Pipedream and their kind give out, a framework's request in a log.
 * @throws Problem `body-invalid` where there are requests, but none whose body is a text
 */
export function loggedRequest(document: Json): Received[] | undefined {
	const found = placesOf(document).map(objectOf).filter(isRequest);
	if (found.length === 0) return undefined;
	const requests = found.flatMap((one) => received(one) ?? []);
	if (requests.length > 0) return requests;
	throw new Problem('body-invalid', 'the body of the request is not the text that was sent', {
		hint: 'Give the raw request, or the body alone, byte for byte as it came.',
	});
}

/** Where the tools put the request: in an envelope, or in one of a list. */
function placesOf(document: Json): unknown[] {
	const { request, event, trigger, data, requests, log } = document;
	const entries = listOf(objectOf(log)['entries']).map((entry) => objectOf(entry)['request']);
	const lists = [...listOf(data), ...listOf(requests)];
	return [request, ...entries, event, objectOf(trigger)['event'], data, ...lists, document];
}

const targets = ['url', 'originalUrl', 'uri', 'path'];
const bodies = ['bodyBase64', 'rawBody', 'bodyRaw', 'raw_body', 'content', 'body', 'postData'];

/** What of a request a callback of the same names would hardly have. */
const telling = ['method', 'headers', ...bodies];

function isRequest(one: Json): boolean {
	const has = (name: string) => Object.hasOwn(one, name);
	if (typeof one['url'] === 'string' && telling.some(has)) return true;
	const parts = [
		typeof one['method'] === 'string',
		typeof one['headers'] === 'object',
		bodies.some(has),
	];
	return parts.filter(Boolean).length >= 2 && bodies.some(has);
}

/** Undefined where the body is no text. */
function received(request: Json): Received | undefined {
	const headers = headersOf(request['headers']);
	const body = bodyIn(request, headers);
	if (body === undefined) return undefined;
	const { method } = request;
	const target = targets.map((name) => request[name]).find((text) => typeof text === 'string');
	return {
		method: typeof method === 'string' ? method : 'POST',
		target: typeof target === 'string' ? pathAndQuery(target) : '/',
		headers,
		body,
	};
}

function bodyIn(request: Json, headers: Readonly<Record<string, string>>): Uint8Array | undefined {
	const { bodyBase64, postData } = request;
	if (bodyBase64 != null)
		return typeof bodyBase64 === 'string' ? bodyOf(bodyBase64, true, headers) : undefined;
	const given = bodies.filter((name) => name !== 'postData').map((name) => request[name]);
	const body = given.find((one) => one != null && one !== '');
	if (body !== undefined) return bodyOf(body, request['isBase64Encoded'] === true, headers);
	const { text, params } = objectOf(postData);
	return bodyOf(text ?? (params == null ? '' : (formOf(params) ?? {})), false, headers);
}

/** HAR's form fields; undefined where they are none. */
function formOf(params: unknown): string | undefined {
	if (!Array.isArray(params)) return undefined;
	const pairs = params.map(objectOf).map(({ name, value }) => [name, value ?? '']);
	const isForm = pairs.every((pair) => pair.every((part) => typeof part === 'string'));
	return isForm ? new URLSearchParams(pairs as [string, string][]).toString() : undefined;
}
