import { Problem } from '../../model/problem.ts';
import { text } from './flag.ts';

export interface SandboxPortFlag {
	readonly sandboxPort?: string;
}

/** As `callsim sandbox` has it. */
export const usualPort = '4848';

export const sandboxPortFlag = (group: string) =>
	text(
		'--sandbox-port <n>',
		"answer the provider's status queries on this port, truthfully; 0 for any free one",
		group,
	);

/** @param flag as it is called @throws Problem `usage` */
export function parsePort(typed: string, flag: string): number {
	if (/^\d{1,5}$/.test(typed) && Number(typed) <= 65_535) return Number(typed);
	throw new Problem('usage', `${flag} "${typed}" is not a port`, {
		hint: 'Use 1 to 65535, or 0 for any free one.',
	});
}
