import type { Command, Option } from 'commander';
import { exitCodesHelp } from '../help-texts.ts';
import { commandHelp } from './command-help.ts';
import { variablesOf } from './variables.ts';

/**
 * Gives a command whose help is asked for its examples, the variables it reads, and its exit codes.
 *
 * @param all with every flag; else, where there are many, with the usual ones
 */
export function addHelp(command: Command, all: boolean): Command {
	const { examples = [], usual, readsSettings, judges } = commandHelp[command.name()] ?? {};
	if (examples.length > 0) command.addHelpText('before', `Examples:\n${inColumns(examples)}\n`);
	if (usual !== undefined && !all) leaveUsual(command, usual);
	const variables = variablesOf(command, readsSettings);
	if (variables.length > 0) command.addHelpText('after', `\nEnvironment:\n${inColumns(variables)}`);
	if (judges === true) command.addHelpText('after', exitCodesHelp);
	return command;
}

function leaveUsual(command: Command, usual: readonly string[]): void {
	const others = command.options.filter(
		(option) => !option.hidden && !usual.includes(nameOf(option)),
	);
	for (const option of others) option.hideHelp();
	command.addHelpText(
		'after',
		`\n${others.length} more flags: callsim ${command.name()} --help all`,
	);
}

/** `--no-journal` is not `--journal`, which commander gives the same name. */
export const nameOf = (option: Option): string =>
	option.negate ? `no-${option.attributeName()}` : option.attributeName();

/** What is typed, and what it is for. */
function inColumns(rows: readonly (readonly [string, string])[]): string {
	const width = Math.max(...rows.map(([left]) => left.length));
	return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}
