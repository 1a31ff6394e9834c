import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isLocalAddress } from './address.ts';
import { type Address, knownAddresses, type Reach } from './reach.ts';

/** The name leads to an address that may not be dialled. */
export class RemoteAddress extends Error {
	override readonly name = 'RemoteAddress';
	readonly address: string;
	constructor(hostname: string, address: string) {
		const bare = hostname.replace(/^\[|\]$/g, '');
		const name = bare === address ? hostname : `${hostname} is ${address}, which`;
		super(`${name} is not on this machine or its private network`);
		this.address = address;
	}
}

/** Asks a name server. */
export type LookUp = (hostname: string) => Promise<readonly LookupAddress[]>;

const system: LookUp = (hostname) =>
	new Promise((resolve, reject) => {
		dnsLookup(hostname, { all: true }, (error, addresses) =>
			error === null ? resolve(addresses) : reject(error),
		);
	});

/**
 * What may be dialled for a target. Every address of its host is judged, at every dialling: one
 * remote address among local ones refuses the name, since which one is dialled is not ours to
 * choose.
 * @throws RemoteAddress
 */
export async function permittedAddresses(
	target: URL,
	reach: Reach,
	lookUp: LookUp = system,
): Promise<readonly Address[]> {
	const addresses = knownAddresses(target, reach) ?? (await lookUp(target.hostname));
	refuseAmong(addresses, target, reach);
	return addresses;
}

/** @throws RemoteAddress */
export function refuseAmong(
	addresses: readonly Address[],
	{ hostname }: URL,
	{ allowRemote }: Reach,
): void {
	const remote = addresses.find(({ address }) => !isLocalAddress(address));
	if (remote !== undefined && !allowRemote) throw new RemoteAddress(hostname, remote.address);
}

/** The same as the `lookup` that Node's sockets take, of connections to one target. */
export function guardedLookup(target: URL, reach: Reach, lookUp?: LookUp): LookupFunction {
	return (_hostname, options, callback) => {
		permittedAddresses(target, reach, lookUp).then(
			(addresses) => {
				const [first] = addresses;
				if (options.all === true) callback(null, [...addresses]);
				else callback(null, first?.address ?? '', first?.family);
			},
			(error: NodeJS.ErrnoException) => callback(error, ''),
		);
	};
}
