import type { Command } from 'commander';
import { addCommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { alone } from './flag.ts';

export function addListFlags(command: Command): Command {
	define(command, alone('--long', 'with every claim: trust, source, note', 'List:'));
	return addCommonFlags(command);
}
