import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CliOptions, CliResult } from './run-cli.ts';

const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));

/** What a command may know of the machine; the rest of the environment is the test's. */
export function inherited(): Record<string, string> {
	const entries = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot'].map(
		(name) => [name, process.env[name]] as const,
	);
	return {
		...Object.fromEntries(
			entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
		),
		// Whoever runs the tests must not find them in their own history.
		CALLSIM_NO_JOURNAL: '1',
	};
}

/**
 * The built command, as a user's shell would start it, with an environment of its own. For what `callsim` cannot show;
 * CALLSIM_NODE runs it on another Node.
 */
export function callsimProcess(
	args: readonly string[],
	options: CliOptions = {},
): Promise<CliResult> {
	if (options.clock !== undefined) throw new Error('a process has the real clock');
	const child = spawn(process.env['CALLSIM_NODE'] ?? process.execPath, [bin, ...args], {
		env: { ...inherited(), ...options.env },
		cwd: options.cwd,
	});
	// A second signal means "at once", which is another thing to test.
	let signalled = false;
	const kill = (signal?: NodeJS.Signals) => {
		if (!signalled) child.kill(signal);
		signalled = true;
	};
	let stdout = '';
	let stderr = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
		options.onStdout?.(stdout, kill);
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
		const [awaited, signal] = options.signalAfter ?? [];
		if (awaited !== undefined && stderr.includes(awaited)) kill(signal);
	});
	const [happened, signalThen] = options.signalWhen ?? [];
	happened?.addEventListener('abort', () => kill(signalThen), { once: true });
	child.stdin.on('error', () => undefined).end(options.input ?? '');
	return new Promise((resolve, reject) => {
		child.once('error', reject).once('close', (code) => resolve({ code, stdout, stderr }));
	});
}
