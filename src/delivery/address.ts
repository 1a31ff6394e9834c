import { BlockList, isIP } from 'node:net';

/**
 * The addresses that count as local: loopback, "this host", private and shared ranges, and their
 * IPv4-mapped forms. 169.254/16 is not among them on purpose: it is where clouds keep their
 * metadata services.
 */
const local = new BlockList();
for (const [network, prefix] of [
	['127.0.0.0', 8],
	['10.0.0.0', 8],
	['172.16.0.0', 12],
	['192.168.0.0', 16],
	['100.64.0.0', 10],
] as const) {
	local.addSubnet(network, prefix, 'ipv4');
}
local.addAddress('0.0.0.0', 'ipv4');
local.addAddress('::', 'ipv6');
local.addAddress('::1', 'ipv6');
local.addSubnet('fc00::', 7, 'ipv6');
local.addSubnet('fe80::', 10, 'ipv6');

/**
 * Whether an address may be dialled without `--allow-remote`. Not an address at all is not local.
 */
export function isLocalAddress(address: string): boolean {
	const bare = withoutBrackets(address);
	const kind = isIP(bare);
	if (kind === 0) return false;
	const mapped = kind === 6 ? mappedIPv4(bare) : undefined;
	return mapped === undefined
		? local.check(bare, kind === 4 ? 'ipv4' : 'ipv6')
		: local.check(mapped, 'ipv4');
}

/** `*.localhost` is the machine itself, whatever a name server says (RFC 6761). */
export function isLocalhostName(hostname: string): boolean {
	return /^(?:[^.]+\.)*localhost\.?$/i.test(hostname);
}

/** 4 or 6; 0 where it is no address. */
export const familyOf = (address: string): number => isIP(address);

/** `[::1]` → `::1`; a zone (`fe80::1%eth0`) is no part of the address. */
export function withoutBrackets(hostname: string): string {
	return hostname.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
}

/** Taken apart here, so that nothing hangs on how a release of Node matches mapped addresses. */
export function mappedIPv4(address: string): string | undefined {
	const normal = new URL(`http://[${address}]`).hostname.slice(1, -1);
	const match = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(normal);
	if (match === null) return undefined;
	const [high, low] = [Number.parseInt(match[1] ?? '', 16), Number.parseInt(match[2] ?? '', 16)];
	return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** An URL names the port only where it is not the usual one. */
export const portOf = ({ port, protocol }: Pick<URL, 'port' | 'protocol'>): number =>
	Number(port || (protocol === 'https:' ? 443 : 80));
