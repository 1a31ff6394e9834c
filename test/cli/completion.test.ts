import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../../src/check/rules/index.ts';
import { commandIn, commands } from '../../src/cli/commands.ts';
import { catalogue } from '../support/catalogue.ts';
import { type CliOptions, callsim } from '../support/run-cli.ts';
import { scratch } from '../support/scratch.ts';
import { answering } from '../support/server.ts';

/** What zsh is told of, the word that is asked about last. */
async function offered(words: readonly string[], options: CliOptions = {}): Promise<string[]> {
	const { code, stdout, stderr } = await callsim(['complete', 'zsh', ...words], options);
	expect([code, stderr]).toEqual([0, '']);
	return stdout
		.split('\n')
		.slice(0, -1)
		.map((line) => (line.split('\t')[0] ?? '').trimEnd());
}

const success = 'bayarcash/transaction-success';

describe('completion offers', () => {
	test('commands', async () => {
		const all = await offered(['']);
		expect(all).toEqual(expect.arrayContaining([...Object.keys(commands).map(commandIn), 'help']));
		expect(await offered(['li'])).toEqual(['list', 'listen']);
	});

	test('events where a command takes them, with what they are', async () => {
		const ids = catalogue.events.map(({ id }) => id);
		for (const before of [['fire'], ['show'], ['export', 'artillery'], ['verify', '--event']])
			expect(await offered([...before, ''])).toEqual(ids);
		const { stdout } = await callsim(['complete', 'fish', 'fire', 'iak/pulsa-s']);
		expect(stdout).toBe('iak/pulsa-success\tPulsa, success\n');
	});

	test.each([
		['the scenarios of run', ['run', 'bayarcash/payment-f'], ['bayarcash/payment-failed']],
		['providers', ['check', 'i'], ['iak']],
		['options of the event', ['fire', success, '--encoding', ''], ['form', 'json']],
		['options of the provider', ['verify', 'khoins', '--variant', 'f'], ['full']],
		['field paths behind --set', ['fire', success, '--set', 'amo'], ['amount=']],
		[
			'paths inside JSON',
			['fire', 'khoins/transaction-success', '--set', 'message.st'],
			['message.status='],
		],
		['field paths behind --unset', ['show', success, '--unset', 'amo'], ['amount']],
		['the values of a choice', ['list', '--color', 'a'], ['auto', 'always']],
		['values behind an equals sign', ['show', success, '--print=c'], ['--print=curl']],
		['rules', ['check', '--explain', 'duplicate-a'], ['duplicate-at-once']],
		['the scenarios of run --only', ['run', '--only', 'iak/f'], ['iak/forged']],
		['flags', ['fire', success, '--dup'], ['--duplicate']],
		['shells', ['completion', ''], ['bash', 'zsh', 'fish']],
		['topics of help', ['help', 'cred'], ['credentials']],
		['files', ['fire', success, '--body', '@x'], [':files']],
		['nothing that is hidden', ['export', 'artillery', '--tam'], []],
		['nothing behind a flag with free text', ['fire', success, '--amount', ''], []],
		['nothing for a command that there is not', ['fier', ''], []],
	])('%s', async (_, words, expected) => {
		expect(await offered(words)).toEqual(expected);
	});

	test('every rule that check has', async () => {
		expect(await offered(['check', '--skip', ''])).toEqual(rules.map(({ id }) => id));
	});

	test('every flag that help tells', async () => {
		const { stdout } = await callsim(['fire', '--help', 'all']);
		const told = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag);
		expect((await offered(['fire', '--'])).toSorted()).toEqual(told.toSorted());
	});

	test('named targets, events and fields of the project, and the providers of its own', async () => {
		const cwd = scratch();
		writeFileSync(join(cwd, 'callsim.yaml'), 'targets:\n  iak: http://localhost:4321/iak\n');
		expect(await offered(['fire', '--to', 'http'], { cwd })).toEqual(['http://localhost:4321/iak']);
	});

	test('the orders that were sent before, the last one first', async () => {
		const { url } = await answering(200);
		const env = { XDG_STATE_HOME: scratch(), CALLSIM_NO_JOURNAL: '' };
		for (const reference of ['ORD-1', 'ORD-2', '$(touch pwned)'])
			await callsim(['fire', success, '--to', url, '--ref', reference], { env });
		expect(await offered(['fire', success, '--order', ''], { env })).toEqual([
			'last',
			'ORD-2',
			'ORD-1',
		]);
		expect(await offered(['replay', ''], { env })).toHaveLength(4);
	});

	test('only orders of the provider that is typed, each once', async () => {
		const { url } = await answering(200);
		const env = { XDG_STATE_HOME: scratch(), CALLSIM_NO_JOURNAL: '' };
		const pulsa = 'iak/pulsa-success';
		for (const [event, reference] of [
			[success, 'ORD-1'],
			['bayarcash/transaction-failed', 'ORD-1'],
			[pulsa, 'TOPUP-1'],
		] as const)
			await callsim(['fire', event, '--to', url, '--ref', reference, '--retry', 'none'], { env });
		const behind = (...words: string[]) => offered([...words, '--order', ''], { env });
		expect(await behind('fire', success)).toEqual(['last', 'ORD-1']);
		expect(await behind('fire', pulsa)).toEqual(['last', 'TOPUP-1']);
		// Nothing says yet whose order it is.
		expect(await behind('fire')).toEqual(['last', 'TOPUP-1', 'ORD-1']);
		expect(await offered(['fire', pulsa, '--ref', ''], { env })).toEqual(['TOPUP-1']);
	});

	test('the flags of callsim alone, and their values, as its picker takes them', async () => {
		expect(await offered(['--fr'])).toEqual(['--fresh']);
		expect(await offered(['--ver'])).toEqual(['--verbose', '--version']);
		expect(await offered(['--to', ':3000/cb', '--enc'])).toEqual(['--encoding']);
		expect(await offered(['--fresh', '--encoding', 'j'])).toEqual(['json']);
		const cwd = scratch();
		writeFileSync(join(cwd, 'callsim.yaml'), 'targets:\n  iak: http://localhost:4321/iak\n');
		expect(await offered(['--to', 'http'], { cwd })).toEqual(['http://localhost:4321/iak']);
	});
});

describe('completion is silent', () => {
	test('with a broken project file', async () => {
		const cwd = scratch();
		writeFileSync(join(cwd, 'callsim.yaml'), 'targets: [\n');
		expect(await offered(['fire', 'iak/'], { cwd })).toEqual([]);
	});

	test('with a broken journal', async () => {
		const state = scratch();
		mkdirSync(join(state, 'callsim'));
		writeFileSync(join(state, 'callsim', '2026-11-28.jsonl'), '{"v":1,"type":"deliv\n\0\n[]\n');
		const env = { XDG_STATE_HOME: state, CALLSIM_NO_JOURNAL: '' };
		expect(await offered(['fire', success, '--order', ''], { env })).toEqual(['last']);
	});

	test.each([[[]], [['bash']], [['bash', '=:', 'callsim fire "iak']], [['tcsh', 'fire', '']]])(
		'for a shell that says %j',
		async (words) => {
			const { code, stderr } = await callsim(['complete', ...words]);
			expect([code, stderr]).toEqual([0, '']);
		},
	);

	test('about keys', async () => {
		const key = 'own-Secret_key-0123456789';
		const env = { CALLSIM_IAK_API_KEY: key };
		for (const words of [
			['fire', ''],
			['fire', '--credential', ''],
			['fire', 'iak/process', '--set', ''],
		])
			expect((await offered(words, { env })).join()).not.toContain(key);
	});
});

describe('bash is told', () => {
	const breaks = ' \t\n"\'><=;|&(:@';
	test.each([
		['iak/pulsa-success ', 'callsim fire iak/pulsa-s'],
		['curl ', 'callsim show iak/pulsa-success --print=c'],
		['//localhost:4321/iak ', 'callsim fire --to http:'],
		['amount=', 'callsim fire bayarcash/transaction-success --set amo'],
		['iak/pulsa-success ', 'cd x && KEY="a b" callsim fire iak/pulsa-s'],
		['iak/pulsa-success ', 'callsim fire --ref "two words" iak/pulsa-s'],
		['last ', "callsim fire --ref 'it is' --order "],
	])('%j for %s', async (expected, line) => {
		const cwd = scratch();
		writeFileSync(join(cwd, 'callsim.yaml'), 'targets:\n  iak: http://localhost:4321/iak\n');
		const env = { XDG_STATE_HOME: cwd };
		const { stdout } = await callsim(['complete', 'bash', breaks, line], { cwd, env });
		expect(stdout).toBe(`${expected}\n`);
	});
});

test('an unknown shell is a mistake, with a suggestion', async () => {
	const { code, stderr } = await callsim(['completion', 'bsh']);
	expect([code, stderr]).toEqual([2, expect.stringContaining('Did you mean "bash"?')]);
});

test('nothing that was typed is evaluated by any of the scripts', () => {
	const source = readFileSync(
		new URL('../../src/cli/completion/scripts.ts', import.meta.url),
		'utf8',
	);
	expect(source).not.toMatch(/\beval\b|compgen -W/);
});
