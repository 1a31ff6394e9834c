import type { spawn as nodeSpawn } from 'node:child_process';

/** Node's, loaded at its first use: it costs 2 to 5 ms of a start that mostly starts nothing. */
export const spawn = ((...args: Parameters<typeof nodeSpawn>) =>
	process.getBuiltinModule('node:child_process').spawn(...args)) as typeof nodeSpawn;
