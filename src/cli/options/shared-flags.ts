import type { Command } from 'commander';
import { define } from './define.ts';
import { deliveryFlags, realTimeFlag } from './delivery-flags.ts';
import { alone } from './flag.ts';
import { shapingFlags } from './shaping-flags.ts';

/** What is said of a whole `fire`, and nothing of one callback. */
export const whole = 'This time:';

export const verboseFlag = alone(
	'-v, --verbose',
	'show each request field by field, and the whole answer',
	whole,
);

export function addTargetFlags(
	command: Command,
	whereTo: string = deliveryFlags.to.about,
): Command {
	return define(command, { ...deliveryFlags.to, about: whereTo }, deliveryFlags.returnTo);
}

export const addShapingFlags = (command: Command): Command =>
	define(command, ...Object.values(shapingFlags));

export function addDeliveryFlags(command: Command): Command {
	const { to: _, returnTo: __, retry, speed, ...more } = deliveryFlags;
	return define(command, retry, speed, realTimeFlag, ...Object.values(more));
}

/** How fast provider time passes: all that the demo has to choose. */
export const addPaceFlags = (command: Command): Command =>
	define(command, deliveryFlags.speed, realTimeFlag);
