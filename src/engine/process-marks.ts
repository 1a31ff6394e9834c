import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { spawn } from '../order/spawn.ts';

/** Every process that the command starts inherits it, whatever session it goes into. */
export const markName = 'CALLSIM_EXEC';

/**
 * The processes that carry the mark in the environment with which they were started, on Linux. One
 * that was given an environment of its own, or another user, is not seen; elsewhere none is.
 */
export function markedProcesses(mark: string): number[] {
	if (process.platform !== 'linux') return [];
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map(Number)
		.filter((pid) => pid !== process.pid && environmentOf(pid).includes(`${markName}=${mark}\0`));
}

function environmentOf(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/environ`, 'latin1');
	} catch {
		// It has ended meanwhile, or is another user's.
		return '';
	}
}

/** Sends a signal to all of them. */
export function signalMarked(mark: string, signal: NodeJS.Signals): void {
	for (const pid of markedProcesses(mark))
		try {
			process.kill(pid, signal);
		} catch {
			// It has ended meanwhile.
		}
}

/**
 * A shell that waits for this process to end, however it does (`kill -9` tells nobody), and then
 * kills the group and whatever carries the mark. Let go of with `stdin.end('done\n')`.
 */
export function guardian(group: number, mark: string): ChildProcess {
	const others =
		process.platform === 'linux'
			? `for f in $(grep -las '${markName}=${mark}' /proc/[0-9]*/environ); do p=\${f#/proc/}; kill -9 "\${p%/environ}"; done`
			: ':';
	const script = `read _ && exit; kill -9 -- -${group}; ${others}`;
	const shell = spawn('/bin/sh', ['-c', script], {
		// In a group of its own: Ctrl-C is for the others.
		detached: true,
		stdio: ['pipe', 'ignore', 'ignore'],
		env: { PATH: process.env['PATH'] },
	});
	shell.on('error', () => undefined);
	shell.stdin?.on('error', () => undefined);
	shell.unref();
	(shell.stdin as { unref?: () => void } | null)?.unref?.();
	return shell;
}
