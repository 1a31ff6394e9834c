import type { Command } from 'commander';
import { define } from './define.ts';
import { alone, text } from './flag.ts';
import { group, readingFlags } from './reading-flags.ts';

/** Of `--color` and `--no-color`. */
export type ColorWish = 'auto' | 'always' | 'never' | boolean;

/** What every command takes that says nothing of a callback. */
export interface CommonFlags {
	readonly json?: boolean;
	/** When there are colours; false with --no-color. */
	readonly color?: ColorWish;
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
		{
			...text('--color <when>', 'when there are colours', group),
			choices: ['auto', 'always', 'never'],
		},
		alone('--no-color', 'the same as --color never', group),
		alone('--no-input', 'never ask; a missing flag is an error', group),
		...Object.values(readingFlags),
	);
}
