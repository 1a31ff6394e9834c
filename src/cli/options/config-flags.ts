import type { Command } from 'commander';
import { addCommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { deliver } from './delivery-flags.ts';
import { text } from './flag.ts';
import { addPaceFlags, addTargetFlags } from './shared-flags.ts';

const asItWouldBe = 'as it would be with this flag';

export function addConfigFlags(command: Command): Command {
	addTargetFlags(command, asItWouldBe);
	define(
		command,
		text('--retry <schedule>', asItWouldBe, deliver),
		text('--timeout <duration>', asItWouldBe, deliver),
	);
	return addCommonFlags(addPaceFlags(command));
}
