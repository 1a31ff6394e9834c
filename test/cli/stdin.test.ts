import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { inherited } from '../support/cli-process.ts';
import { isLong } from '../support/long.ts';
import { scratch } from '../support/scratch.ts';
import { answering } from '../support/server.ts';

const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));

/** Ends with its exit code, however its stdin is; an open pipe is never written to. */
function ended(args: readonly string[], stdin: 'closed' | 'null' | 'open', cwd: string) {
	const command: [string, string[]] =
		stdin === 'closed'
			? ['sh', ['-c', 'exec "$@" <&-', 'sh', process.execPath, bin, ...args]]
			: [process.execPath, [bin, ...args]];
	const child: ChildProcess = spawn(...command, {
		cwd,
		env: inherited(),
		stdio: [stdin === 'open' ? 'pipe' : 'ignore', 'ignore', 'pipe'],
	});
	onTestFinished(() => void child.kill('SIGKILL'));
	let stderr = '';
	child.stderr?.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	return new Promise<{ code: number | null; stderr: string }>((resolve, reject) => {
		child.once('error', reject).once('close', (code) => resolve({ code, stderr }));
	});
}

const commands: readonly (readonly [readonly string[], number])[] = [
	[[], 2],
	[['--help'], 0],
	[['help', 'paths'], 0],
	[['list'], 0],
	[['show', 'iak/pulsa-success'], 0],
	[['show'], 2],
	[['fire'], 2],
	[['fire', 'iak/pulsa-success', '--dry-run'], 2],
	[['history', '--journal', 'kept'], 0],
	[['replay'], 2],
	[['replay', 'last', '--journal', 'kept'], 2],
	[['resume', '--journal', 'kept'], 0],
	[['run'], 2],
	[['run', 'iak/pulsa-order'], 2],
	[['check'], 2],
	[['check', '--list'], 0],
	[['verify'], 2],
	[['init'], 2],
	[['export'], 2],
	[['config'], 0],
	[['completion', 'bash'], 0],
	[['complete', 'zsh', ''], 0],
	[['demo', '--speed', 'max'], 0],
];
const stdins = ['closed', 'null', 'open'] as const;

describe.each(stdins)('with a stdin that is %s', (stdin) => {
	// The short form has each command with one stdin.
	const some = commands.filter((_, at) => isLong || at % stdins.length === stdins.indexOf(stdin));

	test.each(some)('nothing waits: callsim %j', async (args, expected) => {
		const { code, stderr } = await ended(args, stdin, scratch());
		expect([code, stderr]).toEqual([expected, expect.not.stringMatching(/^ +at /m)]);
	});

	test('a callback is sent, and a receiver checked', async () => {
		const { url } = await answering(200);
		const sent = ['fire', 'iak/pulsa-success', '--to', url];
		expect((await ended(sent, stdin, scratch())).code).toBe(0);
		expect((await ended(['run', 'iak/pulsa-order', '--to', url], stdin, scratch())).code).toBe(0);
		const check = ['check', 'iak', '--to', url, '--only', 'genuine-success'];
		expect((await ended(check, stdin, scratch())).code).toBe(0);
	});
});
