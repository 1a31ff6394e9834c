import type { Received } from '../received.ts';
import { pathAndQuery } from '../wrapping.ts';

/** A URL, a path or a bare query: a browser's return, or a form copied with a question mark. */
export function url(text: string): Received[] | undefined {
	const line = text.trim();
	const query = queryOf(line);
	if (query === undefined) return undefined;
	return [
		{ method: 'GET', target: pathAndQuery(line), headers: {}, body: new Uint8Array() },
		{ method: 'POST', target: '/', headers: {}, body: Buffer.from(query) },
	];
}

/** Bayarcash glues its query behind a second question mark. */
function queryOf(line: string): string | undefined {
	if (!/^(https?:\/\/|\/|\?)\S*$/.test(line)) return undefined;
	const at = line.startsWith('?') ? 0 : line.lastIndexOf('?', line.length - 2);
	return at < 0 || at === line.length - 1 ? undefined : line.slice(at + 1);
}
