import type { Command } from 'commander';
import { addCommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { alone, text, texts } from './flag.ts';
import { addShapingFlags } from './shared-flags.ts';

const verify = 'Verify:';
const without = 'what --expect is about, without a file; shaped with --set and the like';
const own = 'explain the signature that your own code computed, for the file or for --event';

export function addVerifyFlags(command: Command): Command {
	define(
		command,
		text('--content-type <type>', 'the input is a bare body of this type', verify),
		alone('--explain', 'what was signed against what is right, first difference marked', verify),
		text('--expect <signature>', own, verify),
		text('--event <event>', without, verify),
		texts(
			'--other-key <source>',
			'another key that may have been used: a value, env:VAR or file:PATH',
			verify,
		),
	);
	return addCommonFlags(addShapingFlags(command));
}
