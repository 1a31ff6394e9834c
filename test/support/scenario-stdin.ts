import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));

/** Ways in which a CI leaves standard input: nothing there, the null device, a pipe that nobody ever writes to or ends. */
export const stdins = ['closed', 'null device', 'open pipe'] as const;

/** The built command with such a standard input. The open pipe is never ended while it runs. */
export function callsimWithStdin(
	args: readonly string[],
	stdin: (typeof stdins)[number],
	cwd: string,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
	const input = stdin === 'open pipe' ? 'pipe' : 'ignore';
	const close = stdin === 'closed' ? ' <&-' : '';
	const child = spawn('sh', ['-c', `exec "$@"${close}`, 'sh', process.execPath, bin, ...args], {
		cwd,
		env: { PATH: process.env['PATH'] },
		stdio: [input, 'pipe', 'pipe'],
	});
	let [stdout, stderr] = ['', ''];
	child.stdout?.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
	});
	child.stderr?.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	return new Promise((resolve, reject) => {
		child.once('error', reject).once('exit', (code) => {
			child.stdin?.destroy();
			child.once('close', () => resolve({ code, stdout, stderr }));
		});
	});
}
