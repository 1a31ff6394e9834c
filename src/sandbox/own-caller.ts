import { isLocalhostName, mappedIPv4, withoutBrackets } from '../delivery/address.ts';
import type { IncomingCall } from './server.ts';

/**
 * Whether somebody on this machine calls, and no page of somebody else's in a browser on it: the
 * name that was called is this machine's (no rebound one), and an origin, where there is one, is
 * the sandbox's own.
 */
export function isOwnCaller(
	{ from, headers }: Pick<IncomingCall, 'from' | 'headers'>,
	url: string,
): boolean {
	const host = headers['host'] ?? '';
	if (!isLoopback(from) || !URL.canParse(`http://${host}`)) return false;
	const { hostname } = new URL(`http://${host}`);
	const isOwnName = isLoopback(hostname) || isLocalhostName(hostname) || host === new URL(url).host;
	const { origin, 'sec-fetch-site': site } = headers;
	const isOwnOrigin = origin === undefined || /^https?:\/\/(.*)$/.exec(origin)?.[1] === host;
	return isOwnName && isOwnOrigin && site !== 'cross-site';
}

function isLoopback(address: string): boolean {
	const bare = withoutBrackets(address);
	if (/^127(\.\d+){3}$/.test(bare) || bare === '::1') return true;
	return bare.includes(':') && /^127\./.test(mappedIPv4(bare) ?? '');
}
