import type { Command } from 'commander';
import { addCommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { deliveryFlags, reachFlags, realTimeFlag } from './delivery-flags.ts';
import { addJournalFlag } from './journal-flags.ts';
import { addReportFlag } from './report-flag.ts';
import { shapingFlags } from './shaping-flags.ts';
import { verboseFlag } from './shared-flags.ts';

/** Of a schedule that is there already. */
export function addResumeFlags(command: Command): Command {
	const { speed, timeout } = deliveryFlags;
	define(
		command,
		verboseFlag,
		...[speed, realTimeFlag, timeout],
		...Object.values(reachFlags),
		...[shapingFlags.credentials, shapingFlags.headers],
	);
	addJournalFlag(addCommonFlags(command));
	return addReportFlag(command);
}
