import { isIP } from 'node:net';

export interface Asked {
	readonly method: string;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Where the listener is. */
export interface OwnPlace {
	readonly port: number;
	/** Nobody but this machine reaches it. */
	readonly isLoopback: boolean;
}

/**
 * Why a request is refused as a web page's, or undefined. Callbacks come from servers, which send
 * no `Origin`; a tunnel names its own host, without a port. What may come from a browser is a
 * person who is sent back to the shop: a whole page, opened with GET.
 */
export function webPageRefusal(
	{ method, headers }: Asked,
	{ port, isLoopback }: OwnPlace,
): string | undefined {
	const origin = one(headers['origin']);
	if (origin !== undefined && !isLocalOrigin(origin))
		return `a page of ${origin === 'null' ? 'an unknown site' : origin} sent it (Origin)`;
	const site = one(headers['sec-fetch-site']);
	const isOpened =
		method === 'GET' &&
		one(headers['sec-fetch-mode']) === 'navigate' &&
		one(headers['sec-fetch-dest']) === 'document';
	const isForeign = site === 'cross-site' || site === 'same-site';
	if (origin === undefined && isForeign && !isOpened)
		return 'a page of another site sent it (Sec-Fetch-Site)';
	const host = one(headers['host']) ?? '';
	// A name that leads here by rebinding has to name the port; a tunnel's is another one.
	if (isLoopback && host.endsWith(`:${port}`) && !isLocalHost(host))
		return `it was sent to ${host}, which is no name of this machine (Host)`;
	return undefined;
}

const one = (value: string | string[] | undefined): string | undefined =>
	Array.isArray(value) ? value.join(', ') : value;

const isLocalOrigin = (origin: string): boolean =>
	URL.canParse(origin) && isLocalName(new URL(origin).hostname);

/** Of a `Host` header: an address, which cannot be rebound, or a name that no stranger owns. */
export const isLocalHost = (host: string): boolean =>
	URL.canParse(`http://${host}`) && isLocalName(new URL(`http://${host}`).hostname, true);

/** @param others addresses, and names of one word or of a private zone: nobody else can own them */
function isLocalName(hostname: string, others = false): boolean {
	const bare = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
	if (/^(127\.|::1$)/.test(bare) || /(^|\.)localhost$/i.test(bare)) return true;
	return (
		others &&
		(isIP(bare) !== 0 || !bare.includes('.') || /\.(internal|local|lan|home|test)$/.test(bare))
	);
}
