import { readFileSync, writeFileSync } from 'node:fs';
import type { Command, Option } from 'commander';
import { commandIn, commands } from '../src/cli/commands.ts';
import { commandHelp } from '../src/cli/help/command-help.ts';
import { topics } from '../src/cli/help/topics.ts';
import { variablesOf } from '../src/cli/help/variables.ts';
import { programOf } from '../src/cli/program.ts';
import { groupedBy } from '../src/model/grouped-by.ts';

const begin = '<!-- generated from the parser by "npm run readme" -->';

/** Rewrites the commands behind the text of docs/commands.md, or says that it is out of date. */
export async function updateCommands(file: string, checkOnly: boolean): Promise<boolean> {
	const text = readFileSync(file, 'utf8');
	const [before] = text.split(begin);
	if (before === undefined || before === text) throw new Error(`${file} has no generated part`);
	const told: string[] = [];
	for (const [usage, { about }] of Object.entries(commands))
		told.push(commandText(usage, about, await parsed(commandIn(usage))));
	for (const [name, topic] of Object.entries(topics))
		told.push(`## callsim help ${name}\n\n\`\`\`text\n${topic.trimEnd()}\n\`\`\`\n`);
	const updated = `${before}${begin}\n\n${told.join('\n')}`;
	if (updated === text) return true;
	if (!checkOnly) writeFileSync(file, updated);
	return !checkOnly;
}

async function parsed(name: string): Promise<Command> {
	const program = await programOf([name], { version: '0' } as never, () => undefined);
	const command = program.commands.find((one) => one.name() === name);
	if (command === undefined) throw new Error(`no command ${name}`);
	return command;
}

function commandText(usage: string, about: string, command: Command): string {
	const { examples = [], readsSettings } = commandHelp[command.name()] ?? {};
	const lines = examples.map(([line, what]) => `${line}  # ${what}`);
	const visible = command.options.filter(({ hidden }) => !hidden);
	const groups = groupedBy(visible, ({ helpGroupHeading = '' }) => helpGroupHeading);
	const variables = variablesOf(command, readsSettings);
	return [
		`## \`callsim ${usage}\`\n`,
		`${about.replace(/^./, (first) => first.toUpperCase())}.\n`,
		...(lines.length === 0 ? [] : [`\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`]),
		...[...groups].map(([group, options]) => table(group.replace(/:$/, ''), options.map(flagRow))),
		...(variables.length === 0
			? []
			: [
					table(
						'Environment',
						variables.map(([name, what]) => [name, what]),
					),
				]),
	].join('\n');
}

function flagRow({ flags, description, argChoices }: Option): [string, string] {
	const choices = argChoices === undefined ? '' : ` (${argChoices.join(', ')})`;
	return [flags, `${description}${choices}`];
}

const table = (title: string, rows: readonly [string, string][]): string =>
	[
		`| ${title} | |`,
		'|---|---|',
		...rows.map((row) => `| \`${cell(row[0])}\` | ${cell(row[1]).replaceAll('<', '&lt;')} |`),
		'',
	].join('\n');

const cell = (text: string): string => text.replaceAll('|', '\\|');
