import type { Command } from 'commander';
import { define } from './define.ts';
import { alone } from './flag.ts';
import { group, readingFlags } from './reading-flags.ts';

/** What every command takes that says nothing of a callback. */
export interface CommonFlags {
	readonly json?: boolean;
	/** False with --no-color. */
	readonly color?: boolean;
	/** False with --no-input. */
	readonly input?: boolean;
	readonly providers?: string;
	readonly config?: string;
	readonly envFile?: string;
}

export function addCommonFlags(command: Command): Command {
	return define(
		command,
		alone('--json', 'machine-readable output on stdout, nothing else there', group),
		alone('--no-color', 'no colours (also NO_COLOR)', group),
		alone('--no-input', 'never ask; a missing flag is an error', group),
		...Object.values(readingFlags),
	);
}
