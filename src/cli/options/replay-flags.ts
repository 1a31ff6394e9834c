import type { Command } from 'commander';
import type { Settings } from '../../model/settings.ts';
import { addCommonFlags, type CommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { deliveryFlags, realTimeFlag } from './delivery-flags.ts';
import { alone, text } from './flag.ts';
import { addJournalFlags, type JournalFlags } from './journal-flags.ts';
import { addReportFlag, type ReportFlags } from './report-flag.ts';
import { shapingFlags } from './shaping-flags.ts';
import { verboseFlag } from './shared-flags.ts';

export interface ReplayFlags extends CommonFlags, ReportFlags, JournalFlags {
	readonly resign?: boolean;
	readonly from?: string;
	readonly dryRun?: boolean;
	readonly verbose?: boolean;
}

/** One attempt, unless more are asked for: who replays looks at one answer. */
export const once = (said: Settings): Settings => ({ retry: { kind: 'none' }, ...said });

const replay = 'Replay:';

/** Of a callback that is there already: where it goes, and how. */
export function addReplayFlags(command: Command): Command {
	const { to, returnTo: _, retry, speed, bail: __, ...more } = deliveryFlags;
	const from = 'a captured callback, in whatever you have it in; - for stdin';
	define(
		command,
		text('--from <file>', from, replay),
		alone('--resign', 'the same fields, signed anew under the key of today', replay),
		alone('--dry-run', 'compose, show, and send nothing', replay),
		verboseFlag,
		{ ...to, about: 'another receiver than the one it went to' },
		{ ...retry, about: 'as for fire (default: none, one attempt)' },
		...[speed, realTimeFlag, ...Object.values(more)],
		...[shapingFlags.credentials, shapingFlags.headers],
	);
	addJournalFlags(addCommonFlags(command));
	return addReportFlag(command);
}
