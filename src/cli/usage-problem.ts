import type { CommanderError } from 'commander';
import { Problem } from '../model/problem.ts';
import { commandIn, commands } from './commands.ts';

/** What commander refuses, as a problem. What was mistyped may be a key, or have one behind it. */
export function usageProblem(
	{ code, message: text }: CommanderError,
	argv: readonly string[],
): Problem {
	const [first = '', ...more] = text.replace(/^error: /, '').split(/\n(?=\(Did you mean)/);
	const suggestion = more.join(' ').replace(/^\(|\)$/g, '');
	return new Problem('usage', told(code, first), {
		hint: suggestion === '' ? hintAfter(code, argv) : suggestion,
	});
}

/** `history last` is what everybody types who has typed `replay last`. */
function hintAfter(code: string, argv: readonly string[]): string {
	const [command, typed = ''] = argv;
	if (code !== 'commander.excessArguments' || command !== 'history')
		return `See: callsim ${usageOf(argv)}--help`;
	const id = /^(?:last|[\da-f.-]{8,40})$/.test(typed) ? typed : '<id>';
	return `One of them: callsim history --show ${id}; those of an order: --ref <reference>`;
}

function told(code: string, message: string): string {
	const [, typed = ''] = /'(.*)'/s.exec(message) ?? [];
	if (code === 'commander.unknownOption') return `unknown option "${optionName(typed)}"`;
	if (code === 'commander.unknownCommand')
		return /^[a-z-]{1,20}$/i.test(typed) ? `unknown command "${typed}"` : 'unknown command';
	return message.replaceAll("'", '"');
}

/** `--secret-key=…`, `-k…`: the name alone. */
function optionName(typed: string): string {
	const [name = ''] = /^(--[\w-]+|-.)/s.exec(typed) ?? [];
	const more = typed.charAt(name.length) === '=' ? '=…' : '…';
	return name.length === typed.length ? name : `${name}${more}`;
}

/** The command whose help would have prevented the mistake. */
function usageOf([command]: readonly string[]): string {
	const isKnown = Object.keys(commands).some((usage) => commandIn(usage) === command);
	return isKnown ? `${command} ` : '';
}
