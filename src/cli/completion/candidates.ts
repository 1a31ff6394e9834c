import type { Command, Option } from 'commander';
import type { CallbackEvent } from '../../model/provider.ts';
import type { CliContext } from '../cli-context.ts';
import { commandContext } from '../command-context.ts';
import { commandIn, commands } from '../commands.ts';
import { topicNames } from '../help/topics.ts';
import { programOf } from '../program.ts';
import { type Candidate, type Candidates, files, plain } from './candidate.ts';
import type { TypedLine } from './typed.ts';
import { argumentValues, flagValues, type Known, only } from './values.ts';

/** What may stand where the cursor is. @throws Problem where the project file is broken */
export async function candidatesFor(
	{ before, current }: TypedLine,
	context: CliContext,
): Promise<Candidates> {
	const [name = ''] = before;
	if (name === 'help') return [...commandNames(), ...plain(topicNames)];
	if (before.length === 0 && !current.startsWith('-'))
		return [...commandNames(), ...plain(['help'])];
	const isBare = name === '' || name.startsWith('-');
	const command = await (isBare ? bareCommand() : commandOf(name, context));
	if (command === undefined) return [];
	const rest = isBare ? before : before.slice(1);
	const [assigned] = /^--[\w-]+=/.exec(current) ?? [];
	const awaiting = assigned?.slice(0, -1) ?? rest.at(-1) ?? '';
	const option = command.options.find(({ short, long }) => awaiting === short || awaiting === long);
	const { operands, settings } = typedBefore(command, rest);
	if (option !== undefined && !isAlone(option) && !rest.includes('--')) {
		const values = await valuesOf(option, command, () => knownOf(operands, settings, context));
		return assigned === undefined || values === files ? values : behind(assigned, values);
	}
	if (current.startsWith('-') && !rest.includes('--'))
		return [...flagsOf(command), ...plain(before.length === 0 ? ['--version'] : [])];
	const known = await knownOf(operands, settings, context);
	return positional(command, operands.length, known);
}

const commandNames = (): Candidate[] =>
	Object.entries(commands).map(([usage, { about }]) => ({ value: commandIn(usage), about }));

const bareCommand = async (): Promise<Command> =>
	(await import('../options/picker-flags.ts')).pickerCommand();

async function commandOf(name: string, context: CliContext): Promise<Command | undefined> {
	const program = await programOf([name], context, () => undefined);
	return program.commands.find((one) => one.name() === name);
}

const isAlone = ({ required, optional }: Option): boolean => !required && !optional;

const flagsOf = ({ options }: Command): Candidate[] => [
	...options
		.filter(({ hidden }) => !hidden)
		.map(({ long, short, description }) => ({ value: long ?? short ?? '', about: description })),
	{ value: '--help', about: 'help for the command' },
];

const behind = (before: string, values: readonly Candidate[]): Candidate[] =>
	values.map((one) => ({ ...one, value: `${before}${one.value}` }));

/** Words that are no flags nor their values, and what is said of files to read. */
function typedBefore(command: Command, words: readonly string[]) {
	const operands: string[] = [];
	const settings: Record<string, string> = {};
	for (let at = 0; at < words.length; at++) {
		const word = words[at] ?? '';
		const [flag = '', ...value] = word.split('=');
		const option = command.options.find(({ short, long }) => flag === short || flag === long);
		if (option === undefined) {
			if (!word.startsWith('-')) operands.push(word);
		} else if (!isAlone(option))
			settings[option.attributeName()] = value.length > 0 ? value.join('=') : (words[++at] ?? '');
	}
	return { operands, settings };
}

async function valuesOf(
	option: Option,
	command: Command,
	known: () => Promise<Known>,
): Promise<Candidates> {
	if (option.argChoices !== undefined) return plain(option.argChoices);
	const flag = option.long ?? '';
	const isOnly = flag === '--only' && (command.name() === 'check' || command.name() === 'run');
	const values = isOnly ? only[command.name() as keyof typeof only] : flagValues[flag];
	if (values !== undefined) return values(await known());
	return /<@?(file|folder|dir)\b/.test(option.flags) ? files : [];
}

async function knownOf(
	operands: readonly string[],
	{ config, providers: folder, event }: Readonly<Record<string, string>>,
	outer: CliContext,
): Promise<Known> {
	const flags = { ...(config && { config }), ...(folder && { providers: folder }) };
	const here = await commandContext(flags, outer);
	const { events: all } = here.catalogue;
	const named = [...operands, event];
	const isNamed = ({ id }: CallbackEvent) => named.includes(id);
	const isOfProvider = ({ provider }: CallbackEvent) => operands.includes(provider.id);
	const found = [all.filter(isNamed), all.filter(isOfProvider)].find(({ length }) => length > 0);
	return { ...here, events: found ?? all };
}

/** What stands behind a command, by what its usage calls it: `[event...]`. */
function positional(command: Command, at: number, known: Known): Candidates | Promise<Candidates> {
	const all = command.registeredArguments;
	const last = all.at(-1);
	const argument = all[at] ?? (last?.variadic === true ? last : undefined);
	return argument === undefined ? [] : (argumentValues[argument.name()]?.(known) ?? []);
}
