import type { Command } from 'commander';
import { addCommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { alone } from './flag.ts';
import { pagerFlag } from './pager-flag.ts';

export function addListFlags(command: Command): Command {
	define(
		command,
		alone('--long', 'all of every provider, with every claim: trust, source, note', 'List:'),
		pagerFlag,
	);
	return addCommonFlags(command);
}
