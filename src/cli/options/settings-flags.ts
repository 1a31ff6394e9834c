import type { Settings } from '../../model/settings.ts';
import { deliveryFlags, readPace } from './delivery-flags.ts';
import { type FlagsOf, readFlags, type TypedFlags } from './flag.ts';
import { readingFlags } from './reading-flags.ts';
import { shapingFlags } from './shaping-flags.ts';

/** Every setting of a callback, and its flag; in the order in which they are printed. */
export const settingsFlags: FlagsOf<Settings> = {
	...shapingFlags,
	...readingFlags,
	...deliveryFlags,
};

/** What the command line says of callbacks and their delivery. @throws Problem */
export function readSettings(typed: object): Settings {
	return readAmong(settingsFlags, typed as TypedFlags);
}

/** The same, of a command that takes some of the flags, or reads them in another way. */
function readAmong(flags: Partial<FlagsOf<Settings>>, typed: TypedFlags): Settings {
	const { speed: _, ...others } = flags;
	return {
		...readFlags<Partial<Settings>>(others as FlagsOf<Partial<Settings>>, typed),
		...readPace(typed),
	};
}
