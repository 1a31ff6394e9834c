import { describe, expect, test } from 'vitest';
import { commandIn, commands } from '../../src/cli/commands.ts';
import { commandHelp } from '../../src/cli/help/command-help.ts';
import { variablesOf } from '../../src/cli/help/variables.ts';
import { programOf } from '../../src/cli/program.ts';
import { callsim } from '../support/run-cli.ts';

const names = Object.keys(commands).map(commandIn);
const help = async (...args: string[]) => (await callsim(args)).stdout;

/** A command with all its flags. */
async function parsed(name: string) {
	const program = await programOf([name], { version: '1' } as never, () => undefined);
	const command = program.commands.find((one) => one.name() === name);
	if (command === undefined) throw new Error(`no command ${name}`);
	return command;
}

describe.each(names)('callsim %s --help', (name) => {
	test('begins with two or three lines that can be typed', async () => {
		const text = await help(name, '--help');
		const [first = '', ...examples] = text.slice(0, text.indexOf('\n\n')).split('\n');
		expect(first).toBe('Examples:');
		expect([2, 3]).toContain(examples.length);
		const command = await parsed(name);
		const known = command.options.flatMap(({ short, long }) => [short, long]);
		for (const example of examples) {
			expect(example).toContain(`callsim ${name}`);
			const flags = example.match(/(?<= )--?[a-z][a-z-]*/g) ?? [];
			for (const flag of flags) expect(known).toContain(flag);
		}
	});

	test('names every variable that it reads', async () => {
		const text = await help(name, '--help');
		const { readsSettings } = commandHelp[name] ?? {};
		const told = text.slice(text.indexOf('Environment:'));
		const read = variablesOf(await parsed(name), readsSettings).map(([variable]) => variable);
		expect(read.filter((variable) => !told.includes(variable))).toEqual([]);
	});

	test('has every flag with "all" behind it, and else says how many are left', async () => {
		const shown = async (...args: string[]) =>
			new Set((await help(...args)).match(/^ {2}(-\w, )?--[a-z-]+/gm));
		const [usual, all] = [await shown(name, '--help'), await shown(name, '--help', 'all')];
		expect([...usual].filter((flag) => !all.has(flag))).toEqual([]);
		const visible = (await parsed(name)).options.filter(({ hidden }) => !hidden);
		expect(all.size).toBe(visible.length + 1);
		const left = / ?(\d+) more flags: callsim /.exec(await help(name, '--help'))?.[1] ?? '0';
		expect(all.size - usual.size).toBe(Number(left));
	});

	test('is what callsim help says of it', async () => {
		expect(await help('help', name)).toBe(await help(name, '--help'));
	});
});

test('fire shows ten flags, and itself', async () => {
	expect((await help('fire', '-h')).match(/^ {2}(-\w, )?--[a-z-]+/gm)).toHaveLength(11);
});

test('the usual flags of every command are flags of it', async () => {
	for (const [name, { usual = [] }] of Object.entries(commandHelp)) {
		const known = (await parsed(name)).options.map((option) => option.attributeName());
		expect([name, usual.filter((flag) => !known.includes(flag))]).toEqual([name, []]);
	}
});

describe('callsim help', () => {
	test.each([
		['exit-codes', ['70', '129', '130', '143']],
		['exit codes', ['the receiver failed']],
		['schedules', ['--retry', '--speed max']],
		['paths', ['--set', ':=']],
		['credentials', ['CALLSIM_BAYARCASH_SECRET_KEY', '--env-file']],
	])('%s tells about it', async (topic, words) => {
		const { code, stdout } = await callsim(['help', ...topic.split(' ')]);
		expect(code).toBe(0);
		for (const word of words) expect(stdout).toContain(word);
	});

	test.each([
		['schedule', 'schedules'],
		['credential', 'credentials'],
	])('%s means %s', async (typed, topic) => {
		expect(await help('help', typed)).toBe(await help('help', topic));
	});

	test('of what there is no help about suggests what may be meant', async () => {
		const { code, stderr } = await callsim(['help', 'fier']);
		expect([code, stderr]).toEqual([2, expect.stringContaining('Did you mean "fire"?')]);
	});

	test('names its topics', async () => {
		expect(await help('help')).toContain('callsim help exit-codes, schedules, paths');
	});
});
