import type { Received } from '../received.ts';
import { type JsonWrapping, objectOf } from '../wrapping.ts';
import { lambdaEvent } from './lambda-event.ts';
import { loggedRequest } from './logged-request.ts';
import { ngrokInspector } from './ngrok-inspector.ts';

const kinds: readonly JsonWrapping[] = [ngrokInspector, lambdaEvent, loggedRequest];

/**
 * A JSON document that holds requests, or one in every line; none for a plain JSON body, whatever
 * it is made of. The same request over several attempts is one.
 */
export function jsonDocuments(text: string): Received[] | undefined {
	if (!/^[{[]/.test(text)) return undefined;
	const whole = parsed(text);
	const documents = whole === undefined ? text.split('\n').map(parsed) : [whole];
	return requestsOf(documents);
}

export function requestsOf(documents: readonly unknown[]): Received[] {
	const seen = new Set<string>();
	return documents
		.flat()
		.map(objectOf)
		.flatMap((document) => {
			for (const kind of kinds) {
				const requests = kind(document);
				if (requests !== undefined) return requests;
			}
			return [];
		})
		.filter(({ method, target, body }) => {
			const print = `${method} ${target} ${Buffer.from(body).toString('latin1')}`;
			return !seen.has(print) && seen.add(print);
		});
}

export function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
