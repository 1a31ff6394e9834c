import type { ReachSettings } from '../model/settings.ts';
import { familyOf, isLocalhostName, withoutBrackets } from './address.ts';

/** How a target is reached, and what may be, with nothing left open. */
export interface Reach {
	/** Any TLS certificate will do. */
	readonly insecure: boolean;
	readonly allowRemote: boolean;
}

/** An address as Node's lookup tells it: family 4 or 6. */
export interface Address {
	readonly address: string;
	readonly family: number;
}

export function reachOf({ insecure, allowRemote }: ReachSettings): Reach {
	return { insecure: insecure === true, allowRemote: allowRemote === true };
}

/** Where a target is, as far as it can be known without asking anybody. */
export function knownAddresses({ hostname }: URL, _reach: Reach): readonly Address[] | undefined {
	const literal = addressesIn([withoutBrackets(hostname)]);
	if (literal.length > 0) return literal;
	return isLocalhostName(hostname) ? addressesIn(['127.0.0.1', '::1']) : undefined;
}

/** Without what is none. */
const addressesIn = (texts: readonly string[]): Address[] =>
	texts
		.map((address) => ({ address, family: familyOf(address) }))
		.filter(({ family }) => family !== 0);
