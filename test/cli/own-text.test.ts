import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shownWord } from '../../src/model/shell.ts';
import { spelledOut } from '../../src/report/safe/escape.ts';
import { ownProvider } from '../support/own-provider.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { answering } from '../support/server.ts';

/** A line of GitHub's, colours, a title of the window, C1, directions of text, a line separator. */
const hostile = 'x\n::error::y\u001b[31m\u001b]0;t\u0007\u009b2J\u202e\u2028z';
const raw = /(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029]|^::error::y/mu;

const event = 'bayarcash/transaction-success';
const scenario = `name: a\nsteps:\n  - fire: ${event}\n`;

/** Where a text of one's own can get to: a file's name, a flag, a file's content. */
const places: [string, readonly string[], Record<string, string>?][] = [
	['a reference', ['fire', event, '--ref', hostile, '--retry', 'none']],
	['a value', ['fire', event, '--set', `payer_name=${hostile}`, '--retry', 'none', '-v']],
	['a value that JSON shows', ['show', event, '--ref', hostile, '--json']],
	['a value that text shows', ['show', event, '--encoding', 'json', '--ref', hostile]],
	['a command line for curl', ['show', event, '--ref', hostile, '--print', 'curl']],
	['a value that is signed', ['show', event, '--ref', hostile, '--explain']],
	['a dry run', ['fire', event, '--ref', hostile, '--dry-run']],
	[
		'the name of a scenario file',
		['run', `${hostile}.yaml`, '--retry', 'none'],
		{ [`${hostile}.yaml`]: scenario },
	],
	[
		'a scenario file that is wrong',
		['run', 'wrong.yaml'],
		{ 'wrong.yaml': `name: a\n${JSON.stringify(hostile)}: 1\n` },
	],
	[
		'names in a scenario',
		['run', 'names.yaml', '--retry', 'none'],
		{
			'names.yaml': `name: ${JSON.stringify(hostile)}\nsteps:\n  - fire: ${event}\n    name: ${JSON.stringify(hostile)}\n    ref: ${JSON.stringify(hostile)}\n`,
		},
	],
	[
		'a project file',
		['config'],
		{
			'callsim.yaml': `targets: { bayarcash: ${JSON.stringify(`http://localhost:1/${hostile}`)} }\n`,
		},
	],
	['an event', ['show', hostile]],
	['a provider', ['list', hostile]],
	['a command', [hostile]],
	['a flag', ['fire', event, `--${hostile}`]],
	['a target', ['fire', event, '--to', `http://${hostile}`]],
	['a header', ['fire', event, '--header', `x: ${hostile}`]],
	['a file', ['verify', 'bayarcash', hostile]],
	['a folder of providers', ['list', '--providers', hostile]],
	[
		'what is verified',
		['verify', 'bayarcash', 'raw.http'],
		{ 'raw.http': `POST /${hostile} HTTP/1.1\n\nchecksum=${hostile}` },
	],
];

test.each(places)('%s moves no cursor and makes no line', async (_what, args, files = {}) => {
	const { url } = await answering(500);
	const isSent = /^(fire|run|show)$/.test(args[0] ?? '') && !args.includes('--to');
	const { stdout, stderr, code } = await folderWith(files).callsim([
		...args,
		...(isSent ? ['--to', url] : []),
	]);
	expect(stdout + stderr).not.toBe('');
	expect(code).not.toBe(70);
	expect(stdout).not.toMatch(raw);
	expect(stderr).not.toMatch(raw);
});

test.each(['provider', 'paid'])(
	'a cloned %s.json says what it is called on one line',
	async (file) => {
		const folder = ownProvider({}, {}, { order_no: 'A-1' });
		const path = `own/kedai/${file}.json`;
		folder.write(
			path,
			folder.read(path).replace(/"title": "/, `$&${JSON.stringify(hostile).slice(1, -1)}`),
		);
		const { stdout, stderr, code } = await folder.callsim([
			'list',
			'--providers',
			`${folder.path}/own`,
		]);
		expect(code).toBe(2);
		expect(stderr).toMatch(/^error fixture-invalid: .*title must match/m);
		expect(stdout + stderr).not.toMatch(raw);
	},
);

test('a shown word means the same text to the shell that it is pasted into', () => {
	for (const text of [
		hostile,
		"it's \\ \u001b[0m",
		'tab\tand\nline',
		'\u00e9\u200d\u{e0041}f',
		'\u0007a1',
	])
		expect(execFileSync('bash', ['-c', `printf %s ${shownWord(text)}`], { encoding: 'utf8' })).toBe(
			text,
		);
	expect(shownWord(hostile)).not.toMatch(raw);
	expect(shownWord('plain text')).toBe("'plain text'");
});

test('the last door lets our own colours through, and JSON stay what it is', () => {
	expect(spelledOut('\r\u001b[K\u001b[1A\u001b[1;31mred\u001b[39m\n\ttext')).toBe(
		'\r\u001b[K\u001b[1A\u001b[1;31mred\u001b[39m\n\ttext',
	);
	expect(spelledOut('\r\u001b[2J\u009b\u202e')).toBe('\\u000d\\u001b[2J\\u009b\\u202e');
	const value = { a: '\u009b\u202e\u{e0041}' };
	expect(JSON.parse(spelledOut(JSON.stringify(value)))).toEqual(value);
});
