import { knownAddresses, type Reach } from '../../delivery/reach.ts';
import { usualTarget } from '../../delivery/target.ts';
import type { Option } from './asker.ts';

/** A receiver that can be meant, and who named it. */
export interface KnownTarget {
	readonly url: URL;
	/** `callsim.yaml`, `used before` */
	readonly from: string;
}

/** What a look at it came to. */
export type Presence = 'listening' | 'silent' | 'not-looked-at';

/** Those that are named, then those that were used; each once, and the usual one where none is. */
export function targetsOffered(
	named: readonly KnownTarget[],
	used: readonly string[],
): KnownTarget[] {
	const before = used.flatMap((text): KnownTarget[] =>
		URL.canParse(text) ? [{ url: new URL(text), from: 'used before' }] : [],
	);
	const all = [...named, ...before];
	const offered = all.length > 0 ? all : [{ url: new URL(usualTarget), from: 'the usual place' }];
	return offered.filter(
		({ url }, at) => offered.findIndex((other) => other.url.href === url.href) === at,
	);
}

/** Only this very machine is dialled to see whether somebody is there; nobody else is bothered. */
export function isOnThisMachine(url: URL, reach: Reach): boolean {
	const addresses = knownAddresses(url, reach) ?? [];
	return (
		addresses.length > 0 &&
		addresses.every(({ address }) => /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\..*)$/.test(address))
	);
}

const words: Readonly<Record<Presence, string>> = {
	listening: 'listening',
	silent: 'nothing listens there',
	'not-looked-at': 'not on this machine, not looked at',
};

/** The last option asks for another one. */
export function targetOptions(
	targets: readonly (KnownTarget & { readonly presence: Presence })[],
): Option<URL | undefined>[] {
	return [
		...targets.map(({ url, from, presence }) => ({
			...{ value: url, name: url.href },
			about: `${words[presence]} · ${from}`,
		})),
		{ value: undefined, name: 'another one, typed' },
	];
}
