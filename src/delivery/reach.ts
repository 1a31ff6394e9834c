import { Problem } from '../model/problem.ts';
import type { ReachSettings } from '../model/settings.ts';
import { familyOf, isLocalhostName, portOf, withoutBrackets } from './address.ts';

/** How a target is reached, and what may be, with nothing left open. */
export interface Reach {
	/** Any TLS certificate will do. */
	readonly insecure: boolean;
	readonly allowRemote: boolean;
	/** `shop.test`, or `shop.test:443` → where it is said to be. */
	readonly said?: ReadonlyMap<string, Address>;
}

/** A URL of the user's, and how it is reached. */
export interface Destination {
	readonly url: URL;
	readonly reach: Reach;
}

/** An address as Node's lookup tells it: family 4 or 6. */
export interface Address {
	readonly address: string;
	readonly family: number;
}

/** @throws Problem `target-invalid` */
export function reachOf({ insecure, allowRemote, resolve = {} }: ReachSettings): Reach {
	return {
		insecure: insecure === true,
		allowRemote: allowRemote === true,
		said: new Map(Object.entries(resolve).map(saidAddress)),
	};
}

/**
 * Where a target is, as far as it can be known without asking anybody. What is said of a name is
 * judged as if a name server had said it.
 */
export function knownAddresses(target: URL, { said }: Reach): readonly Address[] | undefined {
	const { hostname } = target;
	const literal = addressesIn([withoutBrackets(hostname)]);
	if (literal.length > 0) return literal;
	const here = said?.get(`${hostname}:${portOf(target)}`) ?? said?.get(hostname);
	if (here !== undefined) return [here];
	return isLocalhostName(hostname) ? addressesIn(['127.0.0.1', '::1']) : undefined;
}

/** Without what is none. */
const addressesIn = (texts: readonly string[]): Address[] =>
	texts
		.map((address) => ({ address, family: familyOf(address) }))
		.filter(({ family }) => family !== 0);

function saidAddress([name, text]: [string, string]): [string, Address] {
	const [address] = addressesIn([withoutBrackets(String(text).trim())]);
	if (address === undefined)
		throw new Problem('target-invalid', (say) => `${say('resolve')}: "${text}" is no address`, {
			hint: `Give the address itself, as in ${name} at 127.0.0.1.`,
		});
	const [, host = '', port = ''] = /^([\p{L}\p{N}._-]+)(:\d+)?$/u.exec(name.trim()) ?? [];
	const url = URL.canParse(`http://${host}${port}`) ? new URL(`http://${host}`) : undefined;
	if (url === undefined || familyOf(url.hostname) !== 0)
		throw new Problem('target-invalid', (say) => `${say('resolve')}: "${name}" is no name`, {
			hint: "Give the name in your target's URL, as in shop.test or shop.test:443.",
		});
	return [`${url.hostname}${port}`, address];
}
