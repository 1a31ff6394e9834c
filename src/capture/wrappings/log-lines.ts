import { dumpedFields } from '../dumped.ts';
import type { Received } from '../received.ts';
import { parsed, requestsOf } from './json-documents.ts';

/** Lines of a log with JSON behind other text: Monolog's, a console's, with fields as read. */
export function logLines(text: string): Received[] | undefined {
	const found = text
		.split(/\r?\n/)
		.slice(0, 1_000)
		.flatMap((line) => jsonIn(line) ?? []);
	const requests = requestsOf(found.map(parsed));
	if (requests.length > 0) return requests;
	const dumped = found.flatMap((json) => dumpedFields(json) ?? []);
	return dumped.length > 0 ? dumped : undefined;
}

/** From the first brace to the last, with nothing but a logger's own tail behind it. */
function jsonIn(line: string): string | undefined {
	const start = line.search(/\{"/);
	const end = line.lastIndexOf('}');
	if (start <= 0 || end < start || /=\S*$/.test(line.slice(0, start))) return undefined;
	const json = line.slice(start, end + 1);
	return /^[\s[\]),;"']*$/.test(line.slice(end + 1)) && parsed(json) !== undefined
		? json
		: undefined;
}
