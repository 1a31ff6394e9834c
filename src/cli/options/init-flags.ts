import type { Command } from 'commander';
import { usualTarget } from '../../delivery/target.ts';
import { addCommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { text } from './flag.ts';

const setUp = 'Set up:';

export function addInitFlags(command: Command): Command {
	define(
		command,
		text('--to <url>', `your receiver (default: ${usualTarget})`, setUp),
		text('--ci <kind>', 'a workflow for github or gitlab', setUp),
		text('--exec <command>', 'how the workflow starts your receiver (default: npm start)', setUp),
	);
	return addCommonFlags(command);
}
