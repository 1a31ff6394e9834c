import { dumpedFields } from '../dumped.ts';
import type { Received } from '../received.ts';
import { parsed, requestsOf } from './json-documents.ts';

/**
 * What a dump holds: a whole request with its parts, or the fields alone.
 * @param json the dump as JSON
 */
export function fromFields(json: string): Received[] | undefined {
	const requests = requestsOf([parsed(json)]);
	return requests.length > 0 ? requests : dumpedFields(json);
}
