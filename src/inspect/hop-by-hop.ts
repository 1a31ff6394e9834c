/** RFC 9110, section 7.6.1: of one connection, and not of the message. */
const ofTheConnection = new Set([
	...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer'],
	...['transfer-encoding', 'upgrade', 'proxy-authenticate', 'proxy-authorization'],
]);

type RawHeaders = readonly string[];

const pairsOf = (raw: RawHeaders): [string, string][] =>
	raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? '']] : []));

/** Those that a message keeps on its way, in their order and spelling. */
function kept(raw: RawHeaders, without: readonly string[] = []): [string, string][] {
	const pairs = pairsOf(raw);
	const named = pairs
		.filter(([name]) => name.toLowerCase() === 'connection')
		.flatMap(([, value]) => value.split(',').map((one) => one.trim().toLowerCase()));
	return pairs.filter(([name]) => {
		const lower = name.toLowerCase();
		return !ofTheConnection.has(lower) && !named.includes(lower) && !without.includes(lower);
	});
}

/**
 * What is handed on: everything but the connection's own, and `Host`, which names whoever is asked.
 * `Expect` has been answered here.
 */
export function forwardedHeaders(raw: RawHeaders, host: string, length: number): string[] {
	const headers = kept(raw, ['expect']).map(([name, value]): [string, string] => {
		const lower = name.toLowerCase();
		if (lower === 'host') return [name, host];
		return lower === 'content-length' ? [name, String(length)] : [name, value];
	});
	const has = (wanted: string) => headers.some(([name]) => name.toLowerCase() === wanted);
	if (!has('host')) headers.unshift(['Host', host]);
	if (length > 0 && !has('content-length')) headers.push(['Content-Length', String(length)]);
	return headers.flat();
}

export const handedBackHeaders = (raw: RawHeaders): string[] => kept(raw).flat();
