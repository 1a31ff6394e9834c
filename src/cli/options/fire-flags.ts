import type { Command } from 'commander';
import { addCommonFlags, type CommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { alone, text } from './flag.ts';
import { addJournalFlags, type JournalFlags, orderFlag } from './journal-flags.ts';
import { addReportFlag, type ReportFlags } from './report-flag.ts';
import { type SandboxPortFlag, sandboxPortFlag } from './sandbox-port-flag.ts';
import {
	addDeliveryFlags,
	addShapingFlags,
	addTargetFlags,
	verboseFlag,
	whole,
} from './shared-flags.ts';

export type FireFlags = CommonFlags &
	ReportFlags &
	JournalFlags &
	SandboxPortFlag & {
		readonly count?: string;
		readonly order?: string;
		readonly dryRun?: boolean;
		readonly verbose?: boolean;
	};

export function addFireFlags(command: Command): Command {
	addDeliveryFlags(addShapingFlags(addTargetFlags(command)));
	define(
		command,
		text('--count <n>', 'the same for n orders, each with ids of its own', whole),
		orderFlag(whole),
		sandboxPortFlag(whole),
		alone('--dry-run', 'compose, show, and send nothing', whole),
		verboseFlag,
	);
	addJournalFlags(addCommonFlags(command));
	return addReportFlag(command);
}
