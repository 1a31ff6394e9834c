import { Problem } from '../model/problem.ts';
import type { Settings } from '../model/settings.ts';
import { nameIn } from './options/flag.ts';
import { shapingFlags } from './options/shaping-flags.ts';

/**
 * Flags of `verify` that would change nothing: who typed one believes that another callback is
 * judged than is.
 *
 * @throws Problem `usage`
 */
export function refuseIdleFlags(
	provider: string,
	file: string | undefined,
	flags: { readonly expect?: string; readonly event?: string; readonly contentType?: string },
	settings: Settings,
): void {
	const isComposed = flags.expect !== undefined && file === undefined;
	if (isComposed) {
		if (flags.contentType !== undefined)
			throw new Problem('usage', '--content-type tells what a file holds, and no file is given', {
				hint: 'Leave it out, or give the callback as a file, or - for stdin, in place of --event.',
			});
		if (settings.wrongKey === true)
			throw new Problem('usage', '--wrong-key changes the signature, and --expect replaces it', {
				hint: 'Leave it out; for a key that may have been used there is --other-key.',
			});
		return;
	}
	const shaping = Object.entries(shapingFlags)
		.filter(([name]) => name !== 'credentials' && settings[name as keyof Settings] !== undefined)
		.map(([, { usage }]) => nameIn(usage));
	const given = [...(flags.event === undefined ? [] : ['--event']), ...shaping];
	if (given.length === 0) return;
	const [verb, them] = given.length === 1 ? ['describes', 'it'] : ['describe', 'them'];
	throw new Problem(
		'usage',
		`${given.join(', ')} ${verb} a callback that callsim makes; what was received is judged as it came`,
		{
			hint: `Leave ${them} out. For a signature that your own code made: callsim verify ${provider} --event … --expect <signature>, without a file.`,
		},
	);
}
