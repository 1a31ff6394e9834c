import type { Command } from 'commander';
import { usualTarget } from '../../delivery/target.ts';
import { addCommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { alone, text } from './flag.ts';
import { addJournalFlag, orderFlag } from './journal-flags.ts';
import { addShapingFlags, addTargetFlags } from './shared-flags.ts';

const show = 'Show:';
const explained =
	'the signed fields in order, the canonical string, the digest, and what each claim rests on';

export function addShowFlags(command: Command): Command {
	define(
		command,
		alone('--explain', explained, show),
		{ ...text('--print <form>', 'one form alone', show), choices: ['http', 'curl', 'body'] },
		orderFlag(show),
		alone('--claims', 'what is claimed about the event, and on what ground', show),
	);
	addTargetFlags(command, `the target (default: ${usualTarget})`);
	return addJournalFlag(addCommonFlags(addShapingFlags(command)));
}
