import type { Received } from './received.ts';
import type { Wrapping } from './wrapping.ts';
import { curl } from './wrappings/curl.ts';
import { fetchCall } from './wrappings/fetch-call.ts';
import { jsonDocuments } from './wrappings/json-documents.ts';
import { literal } from './wrappings/literal.ts';
import { logLines } from './wrappings/log-lines.ts';
import { printR } from './wrappings/print-r.ts';
import { rawHttp } from './wrappings/raw-http.ts';
import { url } from './wrappings/url.ts';
import { varDump } from './wrappings/var-dump.ts';

/** The more certain first. */
const wrappings: readonly Wrapping[] = [
	rawHttp,
	jsonDocuments,
	url,
	curl,
	fetchCall,
	varDump,
	printR,
	logLines,
	literal,
];

/** Bytes. Nobody copies more than this by hand. */
export const longestCapture = 4 * 1024 * 1024;

/**
 * The requests in a text that people have a callback in: a raw request, a HAR, a log, an event of a
 * cloud function, a dump of an array. None where it is no such text, or a body alone. A dump does
 * not tell how its fields were sent: there are several readings of it, the likelier first.
 * @throws Problem `body-invalid` where there are requests, but none that can be had whole
 */
export function capturedRequests(given: string): readonly Received[] {
	const text = given.replace(/^\ufeff/, '').trimStart();
	if (text.length > longestCapture || isBody(text)) return [];
	for (const wrapping of wrappings) {
		const requests = wrapping(text);
		if (requests !== undefined && requests.length > 0) return requests;
	}
	return [];
}

/** XML, and a form in one word: no wrapping looks so, and they are asked for most. */
function isBody(text: string): boolean {
	return text.startsWith('<?xml') || /^[\w%+.-]+(\[[\w%]*\])*=\S*$/.test(text.trimEnd());
}
