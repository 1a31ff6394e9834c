import type { ChildProcess } from 'node:child_process';
import { spawn } from './spawn.ts';

export interface Ended {
	/** The exit code, or why there is none. */
	readonly code: number | string;
	/** Standard output; after an error, standard error behind it. */
	readonly output: string;
}

/** Where a command runs, and what it finds there. */
export interface CommandPlace {
	readonly cwd: string;
	readonly env: NodeJS.ProcessEnv;
}

/** An order is no novel; a command that prints for ever is stopped. */
const mostOutput = 64 * 1024;

/**
 * Runs a shell command with everything it starts, and is done with it when the shell ends, at the
 * latest at the deadline: a set-up may leave a server behind that keeps its output open.
 * @param timeout wall milliseconds; 0 for none
 */
export function runShell(
	command: string,
	timeout: number,
	place: CommandPlace,
	signal?: AbortSignal,
): Promise<Ended> {
	return new Promise((resolve) => {
		// The system takes no command with a NUL in it.
		if (command.includes('\0'))
			return resolve({ code: 'a NUL in it, which no command may have', output: '' });
		if (command.trim() === '') return resolve({ code: 'nothing in it', output: '' });
		if (signal?.aborted === true) return resolve({ code: 'an interruption', output: '' });
		const child = spawned(command, place);
		if (child instanceof Error) return resolve({ code: child.message, output: '' });
		const out: Buffer[] = [];
		const err: Buffer[] = [];
		let size = 0;
		const end = (code: number | string) => {
			clearTimeout(deadline);
			signal?.removeEventListener('abort', interrupted);
			child.stdout?.destroy();
			child.stderr?.destroy();
			child.unref();
			resolve({
				code,
				output: Buffer.concat(code === 0 ? out : [...out, ...err]).toString('utf8'),
			});
		};
		const stop = (why: string) => {
			stopGroup(child, 'SIGKILL');
			end(why);
		};
		const take = (chunks: Buffer[]) => (chunk: Buffer) => {
			chunks.push(chunk);
			size += chunk.length;
			if (size > mostOutput) stop(`more than ${mostOutput} bytes of output`);
		};
		const interrupted = () => stop('an interruption');
		const deadline =
			timeout === 0 ? undefined : setTimeout(() => stop(`no end within ${timeout} ms`), timeout);
		signal?.addEventListener('abort', interrupted, { once: true });
		child.stdout?.on('data', take(out));
		child.stderr?.on('data', take(err));
		child.once('error', (error) => end(error.message));
		// What was printed may arrive a moment after the shell has ended.
		child.once('exit', (code, stopped) => setTimeout(() => end(code ?? `signal ${stopped}`), 50));
		child.once('close', (code, stopped) => end(code ?? `signal ${stopped}`));
	});
}

/** A command that is longer than the system takes is refused at once, not with an event. */
function spawned(command: string, place: CommandPlace): ChildProcess | Error {
	try {
		return spawn(command, {
			shell: true,
			detached: true,
			stdio: ['ignore', 'pipe', 'pipe'],
			...place,
		});
	} catch (error) {
		return error as Error;
	}
}

/** Stops a shell with everything it started. */
export function stopGroup(child: ChildProcess | undefined, signal: NodeJS.Signals): void {
	if (child?.pid === undefined) return;
	try {
		process.kill(-child.pid, signal);
	} catch {
		// It has ended by itself.
	}
}
