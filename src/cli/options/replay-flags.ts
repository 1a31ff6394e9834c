import type { Settings } from '../../model/settings.ts';
import type { CommonFlags, ReportFlags } from './common-flags.ts';
import type { JournalFlags } from './journal-flags.ts';

export interface ReplayFlags extends CommonFlags, ReportFlags, JournalFlags {
	readonly resign?: boolean;
	readonly from?: string;
	readonly dryRun?: boolean;
	readonly verbose?: boolean;
}

/** One attempt, unless more are asked for: who replays looks at one answer. */
export const once = (said: Settings): Settings => ({ retry: { kind: 'none' }, ...said });
