import type { Received } from '../received.ts';
import { type Json, listOf, objectOf } from '../wrapping.ts';
import { fromHttp } from './raw-http.ts';

/** What ngrok's `/api/requests/http` answers, a list or one of it: requests in Base64. */
export function ngrokInspector(document: Json): Received[] | undefined {
	const captures = Array.isArray(document['requests']) ? listOf(document['requests']) : [document];
	const raw = captures.map((one) => objectOf(objectOf(one)['request'])['raw']);
	const requests = raw.flatMap((text) =>
		typeof text === 'string' ? [Buffer.from(text, 'base64')] : [],
	);
	const read = requests
		.filter((bytes) => /^[A-Z]+ \S+ HTTP\/\d/.test(bytes.toString('latin1')))
		.map(fromHttp);
	return read.length === 0 ? undefined : read;
}
