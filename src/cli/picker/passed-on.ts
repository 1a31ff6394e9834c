import { unlessEmpty } from '../../model/if-given.ts';
import { defined } from '../../settings/layered.ts';
import type { FireFlags } from '../options/fire-flags.ts';
import type { TypedFlags } from '../options/flag.ts';
import type { Picks } from './picks.ts';

const names = [
	...['color', 'providers', 'config', 'envFile', 'journal', 'credential', 'header'],
	...['timeout', 'waitFor', 'returnTo', 'resolve', 'insecure', 'allowRemote'],
];

/** The flags of the picker that another command takes as well, with the keys that were typed. */
export function passedOn(flags: FireFlags, { to, keys }: Picks): TypedFlags {
	const given = Object.entries(flags as TypedFlags).filter(([name]) => names.includes(name));
	const typed = keys.flatMap(({ name, source }) =>
		source.kind === 'value' ? [`${name}=${source.secret.reveal()}`] : [],
	);
	const before = ((flags as TypedFlags)['credential'] as readonly string[] | undefined) ?? [];
	const more = { credential: unlessEmpty([...before, ...typed]), to: to?.href };
	return { ...Object.fromEntries(given), ...defined(more) };
}
