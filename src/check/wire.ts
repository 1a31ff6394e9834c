import { plainHeader } from '../compose/headers.ts';
import type { BodyPace, ComposedRequest, Header } from '../model/request.ts';

/** What is changed about a finished request, behind composing and signing. */
export interface Wire {
	readonly method?: string | undefined;
	/** Name → value; null leaves the header out. */
	readonly headers?: Readonly<Record<string, string | null>> | undefined;
	readonly body?: ((body: Uint8Array) => Uint8Array) | undefined;
	/** The body's values go into the query. */
	readonly bodyToQuery?: boolean | undefined;
	/** The target's path gets this behind it. */
	readonly path?: ((path: string) => string) | undefined;
	readonly pace?: BodyPace | undefined;
}

export function rewired(request: ComposedRequest, wire: Wire | undefined): ComposedRequest {
	if (wire === undefined) return request;
	const url = new URL(request.url);
	if (wire.bodyToQuery === true) url.search = Buffer.from(request.body ?? []).toString('utf8');
	if (wire.path !== undefined) url.pathname = wire.path(url.pathname);
	const method = wire.method ?? request.method;
	const hasBody = method !== 'GET' && request.body !== undefined && wire.bodyToQuery !== true;
	// No provider sends it so.
	const isOther = method !== request.method || (wire.body ?? same) !== same;
	return {
		...request,
		states: isOther ? undefined : request.states,
		url,
		method,
		body: hasBody ? (wire.body ?? same)(request.body ?? new Uint8Array()) : undefined,
		headersAt: (now) => reheaded(request.headersAt(now), wire.headers ?? {}),
		pace: wire.pace ?? request.pace,
	};
}

const same = (body: Uint8Array): Uint8Array => body;

function reheaded(
	headers: readonly Header[],
	changes: Readonly<Record<string, string | null>>,
): Header[] {
	const kept = headers.filter(({ name }) => !Object.hasOwn(changes, name));
	const added = Object.entries(changes).flatMap(([name, value]) =>
		value === null ? [] : [plainHeader(name, value)],
	);
	return [...kept, ...added];
}
