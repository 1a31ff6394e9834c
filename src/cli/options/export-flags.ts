import type { Command } from 'commander';
import { parseDuration } from '../../model/duration.ts';
import { Problem } from '../../model/problem.ts';
import { addCommonFlags, type CommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { type TypedFlags, text } from './flag.ts';
import { shapingFlags } from './shaping-flags.ts';
import { addTargetFlags } from './shared-flags.ts';

export interface ExportFlags extends CommonFlags {
	readonly rate?: string;
	readonly duration?: string;
	readonly out?: string;
}

/** Shaping flags that cannot be said of many callbacks, and why. Hidden, and refused by name. */
const unfit: Readonly<Record<string, readonly [flag: string, why: string]>> = {
	rawBody: [
		'--raw-body <bytes>',
		'sends the same bytes every time, and load needs a new order each time',
	],
	seed: ['--seed <n>', 'makes every callback the same, and load needs a new order each time'],
	now: ['--now <time>', 'sets one instant, and load goes on'],
	tamper: [
		'--tamper <path=value>',
		'makes a forgery: load is measured with callbacks that must be accepted',
	],
	unsigned: [
		'--unsigned',
		'makes a forgery: load is measured with callbacks that must be accepted',
	],
	wrongKey: [
		'--wrong-key',
		'makes a forgery: load is measured with callbacks that must be accepted',
	],
	duplicate: [
		'--duplicate <n>',
		'is no part of the exported project: every virtual user sends one callback',
	],
	retry: [
		'--retry <schedule>',
		"is no part of the exported project: a load engine does not follow a provider's schedule",
	],
};

export function addExportFlags(command: Command): Command {
	const [load, shape] = ['The load:', 'Shape the callbacks:'];
	const { ref, amount, set, add, unset, body, variants, encoding, auth, credentials, headers } =
		shapingFlags;
	define(
		command,
		text('--rate <n>', 'callbacks a second, all events together (default: 10)', load),
		text('--duration <duration>', 'for how long (default: 30s)', load),
		text('--out <folder>', 'where the project is written (default: callsim-artillery)', load),
	);
	addTargetFlags(command);
	const shaping = [
		...[amount, set, add, unset],
		{ ...ref, about: 'the same reference in every callback' },
		{ ...body, usage: '--body <@file|text>' },
		...[variants, encoding],
		{ ...auth, about: 'hmac or none, where the provider has the choice' },
		{
			...credentials,
			usage: '--credential <name=env:VAR>',
			about: 'a credential, by the name of the variable it is in where the load runs',
		},
		{ ...headers, about: 'one more header; env:VAR for a value that is a key' },
	];
	define(command, ...shaping.map((flag) => ({ ...flag, group: shape })));
	for (const [flags] of Object.values(unfit))
		command.addOption(command.createOption(flags).hideHelp());
	// Every callback is fresh anyway.
	command.addOption(command.createOption('--fresh').hideHelp());
	return addCommonFlags(command);
}

/** @throws Problem `usage` for what cannot be said of many different callbacks */
export function refuseUnfit(flags: ExportFlags): void {
	for (const [name, [usage, why]] of Object.entries(unfit)) {
		if ((flags as TypedFlags)[name] === undefined) continue;
		throw new Problem('usage', `${usage.split(' ')[0]} ${why}`, { hint: 'Leave it out.' });
	}
	if ((flags as TypedFlags)['body'] === '-')
		throw new Problem('usage', '--body - reads standard input, which the load has none of', {
			hint: 'Name a file: --body @order.json',
		});
}

/** Whole seconds, as the engine counts. @throws Problem `usage`, `duration-invalid` */
export function readLoad(flags: ExportFlags): { rate: number; seconds: number } {
	const { rate = '10', duration = '30s' } = flags;
	if (!/^[1-9]\d{0,5}$/.test(rate))
		throw new Problem('usage', `--rate "${rate}" is not a whole number from 1 to 999999`, {
			hint: 'Write --rate 50.',
		});
	const seconds = Math.ceil(parseDuration(duration, '--duration') / 1_000);
	if (seconds === 0)
		throw new Problem('usage', '--duration 0 is no load', { hint: 'Write --duration 30s.' });
	return { rate: Number(rate), seconds };
}
