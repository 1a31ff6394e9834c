import type { Command } from 'commander';
import { addCommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { alone, text } from './flag.ts';
import { addJournalFlags, orderFlag } from './journal-flags.ts';
import { addReportFlag } from './report-flag.ts';
import {
	addDeliveryFlags,
	addShapingFlags,
	addTargetFlags,
	verboseFlag,
	whole,
} from './shared-flags.ts';

export function addFireFlags(command: Command): Command {
	addDeliveryFlags(addShapingFlags(addTargetFlags(command)));
	define(
		command,
		text('--count <n>', 'the same for n orders, each with ids of its own', whole),
		orderFlag(whole),
		alone('--dry-run', 'compose, show, and send nothing', whole),
		verboseFlag,
	);
	addJournalFlags(addCommonFlags(command));
	return addReportFlag(command);
}
