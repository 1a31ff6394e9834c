import { Problem } from '../model/problem.ts';
import type { Received } from './received.ts';

/** JSON of which nothing is known yet. */
type Json = Readonly<Record<string, unknown>>;

/**
 * The requests in lines of `fire --json` or `listen --json`, in `show --json`, a HAR entry or a whole HAR; none for a
 * plain JSON body, whatever it is made of. The same request over several attempts is one.
 *
 * @throws Problem `body-invalid` where there are requests, but none whose body is a text
 */
export function jsonRequests(text: string): Received[] {
	const whole = parsed(text);
	const holders = whole === undefined ? text.split('\n').map(parsed) : [whole];
	const found = holders.flatMap(requestsIn);
	const requests = found.flatMap((one) => received(one) ?? []);
	if (found.length > 0 && requests.length === 0)
		throw new Problem('body-invalid', 'the body of the request is not the text that was sent', {
			hint: 'Give the raw request, or the body alone, byte for byte as it came.',
		});
	const seen = new Set<string>();
	return requests.filter(({ method, target, body }) => {
		const print = `${method} ${target} ${Buffer.from(body).toString('latin1')}`;
		return !seen.has(print) && seen.add(print);
	});
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const objectOf = (value: unknown): Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What of a request a callback of the same names would hardly have. */
const telling = ['method', 'headers', 'body', 'bodyBase64', 'postData'];

function requestsIn(value: unknown): Json[] {
	const holder = objectOf(value);
	const entries = listOf(objectOf(holder['log'])['entries']);
	const places = [holder['request'], ...entries.map((entry) => objectOf(entry)['request']), holder];
	return places
		.map(objectOf)
		.filter((one) => typeof one['url'] === 'string' && telling.some((name) => Object.hasOwn(one, name)));
}

/** Undefined where the body is no text. */
function received(request: Json): Received | undefined {
	const { method, url, headers } = request;
	const body = bodyOf(request);
	if (body === undefined) return undefined;
	return {
		method: typeof method === 'string' ? method : 'POST',
		target: String(url).replace(/^https?:\/\/[^/]+/, ''),
		headers: headersOf(headers),
		body,
	};
}

function bodyOf({ body, bodyBase64, postData }: Json): Uint8Array | undefined {
	if (bodyBase64 != null) return typeof bodyBase64 === 'string' ? Buffer.from(bodyBase64, 'base64') : undefined;
	const { text, params } = objectOf(postData);
	const written = body ?? text ?? (params == null ? '' : formOf(params));
	return typeof written === 'string' ? Buffer.from(written, 'utf8') : undefined;
}

/** HAR's form fields; undefined where they are none. */
function formOf(params: unknown): string | undefined {
	if (!Array.isArray(params)) return undefined;
	const pairs = params.map(objectOf).map(({ name, value }) => [name, value ?? '']);
	const isForm = pairs.every((pair) => pair.every((part) => typeof part === 'string'));
	return isForm ? new URLSearchParams(pairs as [string, string][]).toString() : undefined;
}

/** By name, or as HAR lists them; what is no text is no header. */
function headersOf(headers: unknown): Record<string, string> {
	const pairs = Array.isArray(headers)
		? headers.map(objectOf).map(({ name, value }): [unknown, unknown] => [name, value])
		: Object.entries(objectOf(headers));
	return Object.fromEntries(
		pairs.flatMap(([name, value]) => {
			const texts = [value].flat().filter((text) => typeof text === 'string' || typeof text === 'number');
			return typeof name !== 'string' || texts.length === 0 ? [] : [[name.toLowerCase(), texts.join(', ')]];
		}),
	);
}
