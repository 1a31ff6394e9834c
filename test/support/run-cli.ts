import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));

export interface CliResult {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly stdout: string;
	readonly stderr: string;
}

export interface CliOptions {
	readonly env?: Record<string, string>;
	readonly input?: string | Buffer;
	readonly cwd?: string;
	/** Called with everything on stdout so far, to act at the right moment without sleeping. */
	/** A signal to send when something in the test has happened. */
	readonly signalWhen?: readonly [happened: AbortSignal, signal: NodeJS.Signals];
	/** A signal to send as soon as this text stands on stderr. */
	readonly signalAfter?: readonly [text: string, signal: NodeJS.Signals];
	readonly onStdout?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

const inherited = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot'];

/** The built command, as a user's shell would start it, with an environment of its own. */
export function callsim(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
	const env = Object.fromEntries(
		inherited.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
	);
	const child = spawn(process.env['CALLSIM_NODE'] ?? process.execPath, [bin, ...args], {
		env: { ...env, ...options.env },
		...(options.cwd === undefined ? {} : { cwd: options.cwd }),
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
		child.once('error', reject).once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
	});
}

export type Json = Record<string, unknown> & { type?: string };

export const jsonLines = (text: string): Json[] =>
	text
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as Json);
