import type { Received } from '../received.ts';
import { requestsOf } from './json-documents.ts';
import { literalJson } from './literal-json.ts';

/** `fetch("…", { … })`, as a browser copies a request. */
export function fetchCall(text: string): Received[] | undefined {
	const call = /\bfetch\(\s*["'`]([^"'`\n]+)["'`]\s*,/.exec(text);
	if (call === null) return undefined;
	const options = literalJson(text.slice(call.index + call[0].length).trimStart());
	if (options === undefined) return undefined;
	return requestsOf([{ method: 'GET', ...(JSON.parse(options) as object), url: call[1] }]);
}
