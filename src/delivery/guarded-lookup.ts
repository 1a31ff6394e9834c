import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isLocalAddress, isLocalhostName } from './address.ts';

/** The name leads to an address that may not be dialled. */
export class RemoteAddress extends Error {
	override readonly name = 'RemoteAddress';
	readonly address: string;
	constructor(hostname: string, address: string) {
		const name = hostname === address ? address : `${hostname} is ${address}, which`;
		super(`${name} is not on this machine or its private network`);
		this.address = address;
	}
}

export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

const system: Resolve = (hostname) =>
	new Promise((resolve, reject) => {
		dnsLookup(hostname, { all: true }, (error, addresses) =>
			error === null ? resolve(addresses) : reject(error),
		);
	});

/**
 * What a name may be dialled at. Every address it resolves to is judged, at every dialling: one
 * remote address among local ones refuses the name, since which one is dialled is not ours to
 * choose.
 * @throws RemoteAddress
 */
export async function permittedAddresses(
	hostname: string,
	allowRemote: boolean,
	resolve: Resolve = system,
): Promise<readonly LookupAddress[]> {
	if (isLocalhostName(hostname)) {
		return [
			{ address: '127.0.0.1', family: 4 },
			{ address: '::1', family: 6 },
		];
	}
	const addresses = await resolve(hostname);
	const remote = addresses.find(({ address }) => !isLocalAddress(address));
	if (remote !== undefined && !allowRemote) throw new RemoteAddress(hostname, remote.address);
	return addresses;
}

/** The same as the `lookup` that Node's sockets take. */
export function guardedLookup(allowRemote: boolean, resolve?: Resolve): LookupFunction {
	return (hostname, options, callback) => {
		permittedAddresses(hostname, allowRemote, resolve).then(
			(addresses) => {
				const [first] = addresses;
				if (options.all === true) callback(null, [...addresses]);
				else callback(null, first?.address ?? '', first?.family);
			},
			(error: NodeJS.ErrnoException) => callback(error, ''),
		);
	};
}
