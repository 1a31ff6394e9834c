import { isConfidential } from '../compose/headers.ts';
import { quoted } from '../model/shell.ts';
import type { DeliveryFlags, ShapingFlags } from './flags.ts';

/** Flags that shape the callback, under which `show` and `fire` mean the same request. */
const shaping: readonly (keyof ShapingFlags)[] = [
	'ref',
	'amount',
	'set',
	'add',
	'unset',
	'body',
	'rawBody',
	'variant',
	'encoding',
	'auth',
	'fresh',
	'seed',
	'now',
	'tamper',
	'unsigned',
	'wrongKey',
	'credential',
	'header',
	'providers',
	'config',
	'envFile',
];
const delivery: readonly (keyof DeliveryFlags)[] = [
	'returnTo',
	'retry',
	'speed',
	'realTime',
	'timeout',
	'delay',
	'duplicate',
	'insecure',
	'allowRemote',
	'waitFor',
	'bail',
];

/** The command line that means the same as these flags, safe to print: a credential typed as a value is left out. */
export function fireLine(events: readonly string[], to: string, flags: DeliveryFlags): string {
	return [
		'callsim fire',
		...events.map(quoted),
		'--to',
		quoted(to),
		...argumentsOf(flags, [...shaping, ...delivery]),
	].join(' ');
}

/** @param scenario a name or a file */
export function runLine(scenario: string, to: string): string {
	return `callsim run ${quoted(scenario)} --to ${quoted(to)}`;
}

export function showLine(event: string, to: string, flags: DeliveryFlags): string {
	return ['callsim show', quoted(event), '--to', quoted(to), ...argumentsOf(flags, shaping)].join(' ');
}

function argumentsOf(flags: DeliveryFlags, names: readonly (keyof DeliveryFlags)[]): string[] {
	return names.flatMap((name) => {
		const value = flags[name];
		const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
		if (value === undefined || value === false) return [];
		if (value === true) return [flag];
		return (Array.isArray(value) ? (value as string[]) : [String(value)]).flatMap((text) => [
			flag,
			printable(name, text, flags.maskedHeader),
		]);
	});
}

function printable(name: keyof DeliveryFlags, text: string, masked: readonly string[] = []): string {
	if (name === 'credential' && !/=(env|file):/.test(text)) return `${text.slice(0, text.indexOf('='))}=…`;
	if (name === 'header') {
		const [header = ''] = text.split(':');
		const isHidden = masked.some((one) => one.toLowerCase() === header.trim().toLowerCase());
		if (isHidden || isConfidential(header)) return quoted(`${header}: …`);
	}
	return quoted(text);
}
