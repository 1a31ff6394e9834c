import type { Received } from '../../src/capture/received.ts';
import type { Composed } from '../../src/compose/compose.ts';
import { credentialsFor } from '../../src/compose/credentials.ts';
import type { Verdict, VerdictContext } from '../../src/verify/verdict.ts';
import { verdictOf } from '../../src/verify/verify-received.ts';
import { catalogue, noEnvironment } from './catalogue.ts';

/** What a receiver sees of a composed request. */
export function receivedOf({ request }: Composed): Received {
	const headers = Object.fromEntries(
		request.headersAt(0).map(({ name, value }) => [name.toLowerCase(), value]),
	);
	return {
		method: request.method,
		target: `${request.url.pathname}${request.url.search}`,
		headers,
		body: request.body ?? new Uint8Array(),
	};
}

export function worldOf(provider: string, more: Partial<VerdictContext> = {}): VerdictContext {
	const file = catalogue.providers.find(({ id }) => id === provider);
	if (file === undefined) throw new Error(`no provider ${provider}`);
	const events = catalogue.events.filter((event) => event.provider === file);
	return {
		provider: file,
		events,
		credentials: credentialsFor(file, noEnvironment),
		otherKeys: [],
		...more,
	};
}

export const judged = (composed: Composed, more: Partial<VerdictContext> = {}): Promise<Verdict> =>
	verdictOf(receivedOf(composed), worldOf(composed.event.provider.id, more));
