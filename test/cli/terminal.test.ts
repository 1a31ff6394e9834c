import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { answering } from '../support/server.ts';
import { needs } from '../support/tools.ts';

const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));
const run = promisify(execFile);

/** Drives the built command in a pseudo-terminal with expect(1); resolves to what stood on the screen and the exit code. */
async function inTerminal(
	args: string,
	steps: readonly string[],
	env: Record<string, string> = {},
	cwd = process.cwd(),
): Promise<{ raw: string; screen: string; code: number }> {
	const script = [
		'set timeout 10',
		`spawn -noecho {${process.execPath}} {${bin}} ${args}`,
		'proc await {what} {',
		'  global spawn_id',
		'  expect -re $what { return } timeout { puts "TIMEOUT waiting for $what"; exit 98 } eof { puts "END before $what"; exit 99 }',
		'}',
		...steps,
		'expect eof',
		'lassign [wait] pid spawned os value',
		'puts "CODE=$value"',
	].join('\n');
	const { stdout } = await run('expect', ['-c', script], {
		cwd,
		env: {
			PATH: process.env['PATH'],
			HOME: process.env['HOME'],
			TERM: 'xterm',
			LANG: 'C.UTF-8',
			// Whoever runs the tests must not find them in their own history.
			CALLSIM_NO_JOURNAL: '1',
			...env,
		},
	}).catch((error: { stdout: string }) => {
		throw new Error(`expect(1) gave up on this screen:\n${error.stdout}`);
	});
	return {
		// biome-ignore lint/suspicious/noControlCharactersInRegex: what only paints is taken out
		screen: stdout.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, ''),
		raw: stdout,
		code: Number(/CODE=(\d+)/.exec(stdout)?.[1]),
	};
}

describe.skipIf(!needs('expect'))('in a terminal', () => {
	test('TERM=dumb gets plain questions and no escape codes, from the picker to the countdown', async () => {
		const { url, seen } = await answering(500, 200);
		const { raw, screen, code } = await inTerminal(
			`--to ${url} --fresh`,
			[
				'await {Provider.*back \\[1\\]: }',
				'send "\\r"',
				'await {Event or scenario.*back \\[1\\]: }',
				'send "unheard-of\\r"',
				'await {nothing matches}',
				'send "back\\r"',
				'await {Provider.*back \\[1\\]: }',
				'send "2\\r"',
				'await {Event or scenario.*back \\[1\\]: }',
				'send "pulsa-success\\r"',
				'await {Send it.*back \\[1\\]: }',
				'send "another way\\r"',
				'await {Amount}',
				'send "twelve\\r"',
				'await {Write a number}',
				'send "\\r"',
				'await {Sent}',
				'send "\\r"',
				'await {Ready}',
				'send "s\\r"',
				'await {Next}',
				'send "a\\r"',
				'await {first attempt.*Next}',
				'send "q\\r"',
			],
			{ TERM: 'dumb' },
		);
		expect([code, seen.length]).toEqual([0, 2]);
		expect(raw).not.toContain('\u001b');
		expect(screen).toContain(`callsim fire iak/pulsa-success --to ${url} --fresh`);
	});

	test('init asks for the providers, the receiver and the workflow, and writes what was answered', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'callsim-init-'));
		onTestFinished(() => rm(folder, { recursive: true }));
		const { screen, code } = await inTerminal(
			'init',
			[
				'await Providers',
				'send " "',
				'send "\\r"',
				'await {Your receiver}',
				'send "\\025http://localhost:4000/hook\\r"',
				'await {A CI workflow}',
				'send "\\r"',
			],
			{},
			folder,
		);
		expect(screen).toContain(
			'the same without questions: callsim init bayarcash --to http://localhost:4000/hook',
		);
		expect(code).toBe(0);
		expect(await readdir(folder)).toEqual(['callsim.yaml', 'scenarios']);
		expect(await readFile(join(folder, 'callsim.yaml'), 'utf8')).toContain(
			'http://localhost:4000/hook',
		);
	});

	test('Ctrl-C in the picker is a quiet exit', async () => {
		const { screen, code } = await inTerminal('', ['await Provider', 'send "\\003"']);
		expect(code).toBe(130);
		expect(screen).not.toMatch(/Error|at /);
	});

	test.each([
		['INT', 130],
		['TERM', 143],
		['HUP', 129],
	])(
		'SIG%s from outside leaves no prompt behind: the cursor is shown, the exit code true',
		async (signal, expected) => {
			const { raw, screen, code } = await inTerminal('init', [
				'await Providers',
				`exec kill -${signal} [exp_pid]`,
			]);
			expect(raw.lastIndexOf('\u001b[?25h')).toBeGreaterThan(raw.lastIndexOf('\u001b[?25l'));
			expect(screen).not.toMatch(/Error|at /);
			expect(code).toBe(expected);
		},
	);

	test('fire asks for what is missing, and prints the line that would not have asked', async () => {
		const { url, seen } = await answering(200);
		const { screen, code } = await inTerminal('fire iak/pulsa-success', [
			'await Target',
			`send "${url}"`,
			'await {as typed}',
			'send "\\r"',
		]);
		expect(screen).toContain(
			`the same without questions: callsim fire iak/pulsa-success --to ${url}`,
		);
		expect([code, seen.length]).toEqual([0, 1]);
	});

	test.each([
		['--no-input', {}],
		['', { CI: 'true' }],
	])('nothing is asked with %j and %j', async (flag, env) => {
		const { code } = await inTerminal(`fire iak/pulsa-success ${flag}`, [], env);
		expect(code).toBe(2);
	});

	test('a line counts down to the next attempt, and Enter sends it now', async () => {
		const { url, seen } = await answering(500, 200);
		const { screen, code } = await inTerminal(
			`fire bayarcash/transaction-success --to ${url} --real-time`,
			[
				'await {attempt 2 \\(\\+5 min\\) in 5 min \\(Enter: now\\)|attempt 2 \\(\\+5 min\\) in 4 min}',
				'send "\\r"',
			],
		);
		expect(screen).toContain('acknowledged at attempt 2');
		expect([code, seen.length]).toEqual([0, 2]);
	});

	test('Ctrl-C while it counts ends the run in good order', async () => {
		const { url } = await answering(500);
		const { screen, code } = await inTerminal(
			`fire bayarcash/transaction-success --to ${url} --real-time`,
			['await {Enter: now}', 'send "\\003"'],
		);
		expect(screen).toContain('interrupted after 1 attempt');
		expect(code).toBe(130);
	});
});
