import { Command } from 'commander';
import { addCommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { text } from './flag.ts';
import { addJournalFlags } from './journal-flags.ts';
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
	define(
		command,
		text('--order <last|reference>', 'the next message about an order that was sent before', whole),
		verboseFlag,
	);
	return addJournalFlags(addCommonFlags(command));
}
