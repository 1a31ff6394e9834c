import type { ExitCode } from '../model/run-event.ts';
import { stopGroup } from '../order/run-command.ts';
import { spawn } from '../order/spawn.ts';
import type { CliContext } from './cli-context.ts';

/** The shop, beside the sandbox: what it prints goes to stderr, its end is the end. */
export function shopProcess(
	command: string,
	url: string,
	{ cwd, env, stderr }: CliContext,
): { readonly ended: Promise<ExitCode>; stop(): Promise<void> } {
	const child = spawn(command, {
		shell: true,
		detached: true,
		cwd,
		env: { ...env, CALLSIM_SANDBOX_URL: url },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (text: string) => stderr.write(text));
	const killAtExit = () => stopGroup(child, 'SIGKILL');
	process.once('exit', killAtExit);
	let isOver = false;
	const ended = new Promise<ExitCode>((resolve) => {
		const end = (code: ExitCode) => {
			isOver = true;
			process.removeListener('exit', killAtExit);
			resolve(code);
		};
		child.once('error', () => end(2));
		child.once('exit', (code) => end(code === 0 ? 0 : 1));
	});
	return {
		ended,
		async stop() {
			if (isOver) return;
			stopGroup(child, 'SIGTERM');
			const patience = setTimeout(() => stopGroup(child, 'SIGKILL'), 3_000);
			await ended;
			clearTimeout(patience);
		},
	};
}
