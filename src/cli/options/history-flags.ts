import type { Command } from 'commander';
import { addCommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { alone, text } from './flag.ts';
import { addJournalFlag } from './journal-flags.ts';
import { pagerFlag } from './pager-flag.ts';

const which = 'Which:';

export function addHistoryFlags(command: Command): Command {
	define(
		command,
		text('--ref <id>', 'of one order', which),
		text('--event <event>', 'of one event', which),
		alone('--failed', 'not acknowledged', which),
		text('--since <duration>', 'not longer ago than this: 2h', which),
		text('--show <id>', 'all that was kept of one: its exchange, its rules', which),
		alone('--prune', 'remove what is beyond 30 days or 64 MB now', which),
		pagerFlag,
	);
	return addJournalFlag(addCommonFlags(command));
}
