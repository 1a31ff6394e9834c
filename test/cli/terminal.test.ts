import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { answering } from '../support/server.ts';
import { needs } from '../support/tools.ts';

const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));
const run = promisify(execFile);

/** Drives the built command in a pseudo-terminal with expect(1); resolves to what stood on the screen and the exit code. */
async function inTerminal(
	args: string,
	steps: readonly string[],
	env: Record<string, string> = {},
): Promise<{ screen: string; code: number }> {
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
		env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TERM: 'xterm', LANG: 'C.UTF-8', ...env },
	}).catch((error: { stdout: string }) => {
		throw new Error(`expect(1) gave up on this screen:\n${error.stdout}`);
	});
	// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences of the terminal are taken out
	return { screen: stdout.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, ''), code: Number(/CODE=(\d+)/.exec(stdout)?.[1]) };
}

describe.skipIf(!needs('expect'))('in a terminal', () => {
	test('the picker asks for provider, event and target, sends, and sends again', async () => {
		const { url, seen } = await answering(200);
		const { screen, code } = await inTerminal('', [
			'await Provider',
			'send "\\r"',
			'await Event',
			'send -- "-success"',
			'await {❯[^\\n]*transaction-success}',
			'send "\\r"',
			'await Target',
			`send "\\025${url}\\r"`,
			'await {send again}',
			'send "\\r"',
			'await {first attempt.*send again}',
			'send "\\033\\[A\\r"',
		]);
		expect(screen).toContain(`callsim fire bayarcash/transaction-success --to ${url} --fresh`);
		expect(code).toBe(0);
		expect(seen).toHaveLength(2);
		expect(seen[0]?.body.toString()).not.toBe(seen[1]?.body.toString());
	});

	test('Ctrl-C in the picker is a quiet exit', async () => {
		const { screen, code } = await inTerminal('', ['await Provider', 'send "\\003"']);
		expect(code).toBe(130);
		expect(screen).not.toMatch(/Error|at /);
	});

	test('fire asks for what is missing, and prints the line that would not have asked', async () => {
		const { url, seen } = await answering(200);
		const { screen, code } = await inTerminal('fire iak/pulsa-success', ['await Target', `send "\\025${url}\\r"`]);
		expect(screen).toContain(`the same without questions: callsim fire iak/pulsa-success --to ${url}`);
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
		const { screen, code } = await inTerminal(`fire bayarcash/transaction-success --to ${url} --real-time`, [
			'await {attempt 2 \\(\\+5 min\\) in 5 min \\(Enter: now\\)|attempt 2 \\(\\+5 min\\) in 4 min}',
			'send "\\r"',
		]);
		expect(screen).toContain('acknowledged at attempt 2');
		expect([code, seen.length]).toEqual([0, 2]);
	});

	test('Ctrl-C while it counts ends the run in good order', async () => {
		const { url } = await answering(500);
		const { screen, code } = await inTerminal(`fire bayarcash/transaction-success --to ${url} --real-time`, [
			'await {Enter: now}',
			'send "\\003"',
		]);
		expect(screen).toContain('interrupted after 1 attempt');
		expect(code).toBe(130);
	});
});
