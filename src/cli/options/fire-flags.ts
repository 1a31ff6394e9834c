import type { Command } from 'commander';
import { define } from './define.ts';
import { deliveryFlags, realTimeFlag } from './delivery-flags.ts';
import { alone, text } from './flag.ts';
import { shapingFlags } from './shaping-flags.ts';

export function addTargetFlags(
	command: Command,
	whereTo: string = deliveryFlags.to.about,
): Command {
	return define(command, { ...deliveryFlags.to, about: whereTo }, deliveryFlags.returnTo);
}

/** What is said of a whole `fire`, and nothing of one callback. */
const whole = 'This time:';

export function addWholeFireFlags(command: Command): Command {
	return define(
		command,
		text('--count <n>', 'the same for n orders, each with ids of its own', whole),
		alone('--dry-run', 'compose, show, and send nothing', whole),
		alone('-v, --verbose', 'show each request field by field, and the whole answer', whole),
	);
}

export const addShapingFlags = (command: Command): Command =>
	define(command, ...Object.values(shapingFlags));

/** How fast provider time passes: all that the demo has to choose. */
export const addPaceFlags = (command: Command): Command =>
	define(command, deliveryFlags.speed, realTimeFlag);

export function addDeliveryFlags(command: Command): Command {
	const { to: _, returnTo: __, retry, speed, ...more } = deliveryFlags;
	return define(command, retry, speed, realTimeFlag, ...Object.values(more));
}
