import type { Command } from 'commander';
import { define } from './define.ts';
import { deliveryFlags, reachFlags, realTimeFlag } from './delivery-flags.ts';
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

export const verboseFlag = alone(
	'-v, --verbose',
	'show each request field by field, and the whole answer',
	whole,
);

/** Of a callback that is there already: where it goes, and how. */
export function addReplayFlags(command: Command): Command {
	const { to, returnTo: _, retry, speed, bail: __, ...more } = deliveryFlags;
	return define(
		command,
		{ ...to, about: 'another receiver than the one it went to' },
		{ ...retry, about: 'as for fire (default: none, one attempt)' },
		...[speed, realTimeFlag, ...Object.values(more)],
		...[shapingFlags.credentials, shapingFlags.headers],
	);
}

/** Of a schedule that is there already. */
export function addResumeFlags(command: Command): Command {
	const { speed, timeout } = deliveryFlags;
	return define(
		command,
		...[speed, realTimeFlag, timeout],
		...Object.values(reachFlags),
		...[shapingFlags.credentials, shapingFlags.headers],
	);
}

export function addWholeFireFlags(command: Command): Command {
	return define(
		command,
		text('--count <n>', 'the same for n orders, each with ids of its own', whole),
		text('--order <last|reference>', 'the next message about an order that was sent before', whole),
		alone('--dry-run', 'compose, show, and send nothing', whole),
		verboseFlag,
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
