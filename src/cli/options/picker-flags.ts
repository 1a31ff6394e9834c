import { Command } from 'commander';
import { addCommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { addJournalFlags, orderFlag } from './journal-flags.ts';
import {
	addDeliveryFlags,
	addShapingFlags,
	addTargetFlags,
	verboseFlag,
	whole,
} from './shared-flags.ts';

/** `callsim` alone: what `fire` takes of one callback, for what is not to be asked. */
export function pickerCommand(): Command {
	const command = new Command('callsim').exitOverride().allowExcessArguments(false);
	addDeliveryFlags(addShapingFlags(addTargetFlags(command)));
	define(command, orderFlag(whole), verboseFlag);
	return addJournalFlags(addCommonFlags(command));
}
