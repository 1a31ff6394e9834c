import type { Command } from 'commander';
import { define } from './define.ts';
import { alone, text } from './flag.ts';
import { group } from './reading-flags.ts';

export interface JournalFlags {
	/** A folder; false with --no-journal. */
	readonly journal?: string | false | undefined;
}

const folder = text(
	'--journal <dir>',
	"where runs are kept (default: the user's state folder)",
	group,
);

export const orderFlag = (heading: string) =>
	text('--order <last|reference>', 'the next message about an order that was sent before', heading);

/** Of a command that keeps what it does. */
export const addJournalFlags = (command: Command): Command =>
	define(command, folder, alone('--no-journal', 'keep nothing (also CALLSIM_NO_JOURNAL=1)', group));

/** Of a command that reads what was kept. */
export const addJournalFlag = (command: Command): Command => define(command, folder);
