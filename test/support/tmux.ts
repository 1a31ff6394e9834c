import { execFile } from 'node:child_process';
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
	const tmux = async (...words: readonly string[]) =>
		(await run('tmux', ['-L', socket, '-f', '/dev/null', ...words])).stdout;
	const env = { TERM: 'screen', LANG: 'C.UTF-8', CALLSIM_NO_JOURNAL: '1', ...options.env };
	const said = Object.entries({ PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...env });
	const environment = said.map(([name, value]) => `${name}='${value}'`).join(' ');
	const command = `env -i ${environment} '${process.execPath}' '${bin}' ${args}`;
	await tmux(
		...['new-session', '-d', '-x', String(options.columns ?? 80), '-y', String(options.rows ?? 24)],
		...(options.cwd === undefined ? [] : ['-c', options.cwd]),
		`sh -c "${command.replaceAll('"', '\\"')}; echo CODE=\\$?; stty -a | grep -c -w -e -echo; exec cat"`,
	);
	onTestFinished(async () => {
		await tmux('kill-server').catch(() => undefined);
	});
	const screen = async () =>
		(await tmux('capture-pane', '-p')).replace(/[ ]+$/gm, '').replace(/\n+$/, '');
	const shows = async (text: string | RegExp) => {
		const isThere = (shown: string) =>
			typeof text === 'string' ? shown.includes(text) : text.test(shown);
		let shown = '';
		for (const end = Date.now() + patience; Date.now() < end; ) {
			shown = await screen();
			if (isThere(shown)) return shown;
		}
		throw new Error(`the screen never showed ${String(text)}:\n${shown}`);
	};
	return {
		screen,
		shows,
		press: async (...keys) => void (await tmux('send-keys', ...keys)),
		type: async (text) => void (await tmux('send-keys', '-l', text)),
		async ended() {
			const shown = await shows(/CODE=\d+\n\d+/);
			const [, code, mute] = /CODE=(\d+)\n(\d+)/.exec(shown) ?? [];
			const hasCursor = (await tmux('display', '-p', '#{cursor_flag}')).trim() === '1';
			return { code: Number(code), echoes: mute === '0', hasCursor, screen: shown };
		},
		async signal(name) {
			const shell = (await tmux('display', '-p', '#{pane_pid}')).trim();
			const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', shell]);
			process.kill(Number(stdout.trim().split('\n')[0]), name);
		},
	};
}
