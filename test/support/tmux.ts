import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));
const run = promisify(execFile);
let count = 0;

export interface TmuxOptions {
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string>>;
	readonly cwd?: string;
}

/** A person at a terminal of tmux(1): what stands on its screen, and keys. */
export interface Terminal {
	/** Lines without blanks at their ends, without empty lines at the end. */
	screen(): Promise<string>;
	/** Until the screen shows it. @returns the screen then */
	shows(text: string | RegExp): Promise<string>;
	/** By tmux's names: `Enter`, `Escape`, `C-c`; all in one go. */
	press(...keys: readonly string[]): Promise<void>;
	type(text: string): Promise<void>;
	/** Until the command has ended. @returns its exit code, and what the terminal is left in */
	ended(): Promise<{ code: number; echoes: boolean; hasCursor: boolean; screen: string }>;
	signal(name: NodeJS.Signals): Promise<void>;
}

/** For what never comes; a loaded machine may take its time. */
const patience = 30_000;

/** The built command in a pseudo-terminal of this size. */
export async function inTmux(args: string, options: TmuxOptions = {}): Promise<Terminal> {
	const socket = `callsim-test-${process.pid}-${count++}`;
	const env = { TERM: 'screen', LANG: 'C.UTF-8', CALLSIM_NO_JOURNAL: '1', ...options.env };
	const said = Object.entries({ PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...env });
	const environment = said.map(([name, value]) => `${name}='${value}'`).join(' ');
	const command = `env -i ${environment} '${process.execPath}' '${bin}' ${args}`;
	await run('tmux', [
		...['-L', socket, '-f', '/dev/null'],
		...['new-session', '-d', '-x', String(options.columns ?? 80), '-y', String(options.rows ?? 24)],
		...(options.cwd === undefined ? [] : ['-c', options.cwd]),
		`sh -c "trap : INT; ${command.replaceAll('"', '\\"')}; echo CODE=\\$?; stty -a | grep -c -w -e -echo; exec cat"`,
	]);
	const { ask, written } = attached(socket);
	/** By a process: nobody presses a key in the instant in which a question is drawn. */
	const keys = (...words: readonly string[]) => run('tmux', ['-L', socket, 'send-keys', ...words]);
	const screen = async () =>
		(await ask('capture-pane', '-p')).replace(/[ ]+$/gm, '').replace(/\n+$/, '');
	const shows = async (text: string | RegExp) => {
		const isThere = (shown: string) =>
			typeof text === 'string' ? shown.includes(text) : text.test(shown);
		let shown = '';
		for (const end = AbortSignal.timeout(patience); !end.aborted; ) {
			const before = written.count();
			shown = await screen();
			if (isThere(shown)) return shown;
			await written.after(before, end);
		}
		throw new Error(`the screen never showed ${String(text)}:\n${shown}`);
	};
	return {
		screen,
		shows,
		press: async (...names) => void (await keys(...names)),
		type: async (text) => void (await keys('-l', text)),
		async ended() {
			const shown = await shows(/CODE=\d+\n\d+/);
			const [, code, mute] = /CODE=(\d+)\n(\d+)/.exec(shown) ?? [];
			const hasCursor = (await ask('display', '-p', '#{cursor_flag}')).trim() === '1';
			return { code: Number(code), echoes: mute === '0', hasCursor, screen: shown };
		},
		async signal(name) {
			const shell = (await ask('display', '-p', '#{pane_pid}')).trim();
			const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', shell]);
			process.kill(Number(stdout.trim().split('\n')[0]), name);
		},
	};
}

/** A client in tmux's control mode: takes commands, and tells when something was written to the screen. */
function attached(socket: string) {
	const client = spawn('tmux', ['-L', socket, '-C', 'attach-session'], {
		stdio: ['pipe', 'pipe', 'ignore'],
	});
	const asked: [resolve: (reply: string) => void, reject: (reason: Error) => void][] = [];
	const ended = new Promise<void>((resolve) => client.once('close', () => resolve())).then(() => {
		for (const [, reject] of asked.splice(0)) reject(new Error('the terminal is gone'));
	});
	let count = 0;
	let wake: () => void = () => undefined;
	let reply: string[] = [];
	let isReply = false;
	createInterface({ input: client.stdout }).on('line', (line) => {
		const [, what, flags] = /^%(begin|end|error) \d+ \d+ (\d)$/.exec(line) ?? [];
		if (what === 'begin') {
			isReply = true;
			reply = [];
		} else if (what !== undefined) {
			isReply = false;
			// The reply to attaching itself was asked for by nobody.
			const [resolve, reject] = (flags === '1' ? asked.shift() : undefined) ?? [];
			if (what === 'end') resolve?.(`${reply.join('\n')}\n`);
			else reject?.(new Error(reply.join('\n')));
		} else if (isReply) reply.push(line);
		else if (line.startsWith('%output ')) {
			count += 1;
			wake();
		}
	});
	onTestFinished(async () => {
		client.stdin.end('kill-server\n');
		await ended;
	});
	return {
		ask: (...words: readonly string[]) =>
			new Promise<string>((resolve, reject) => {
				asked.push([resolve, reject]);
				const quoted = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`);
				client.stdin.write(`${quoted.join(' ')}\n`);
			}),
		written: {
			/** How often, until now. */
			count: () => count,
			/** Until it was more often than that, or nobody waits any more. */
			after: (before: number, end: AbortSignal) =>
				new Promise<void>((resolve) => {
					wake = resolve;
					end.onabort = () => resolve();
					if (count > before) resolve();
				}),
		},
	};
}
