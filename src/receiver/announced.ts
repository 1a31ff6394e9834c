import type { AddressInfo } from 'node:net';

export interface Announced {
	/** Where the listener is reached from this machine. */
	readonly url: string;
	/** Whether other machines reach it, too, at whatever address this one has. */
	readonly onAllInterfaces: boolean;
}

/** "Any address" (`0.0.0.0`, `::`, the mapped form) is listened on, and cannot be called. */
const unspecified = new Set(['0.0.0.0', '::', '::ffff:0.0.0.0']);

/** Node listens on `::` for IPv4 as well. */
export function announced({ address, port }: Pick<AddressInfo, 'address' | 'port'>): Announced {
	const onAllInterfaces = unspecified.has(address);
	const host = onAllInterfaces ? '127.0.0.1' : address;
	return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, onAllInterfaces };
}
