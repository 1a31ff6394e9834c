import { type CliContext, inCi } from './cli-context.ts';

/** One line that is written over, for somebody who waits at a terminal. */
export interface Progress {
	show(text: string): void;
	/** Call before anything else is written. */
	clear(): void;
}

export function progressOf({ stderr, env }: CliContext, isWanted: boolean): Progress {
	const isShown = isWanted && stderr.isTTY && env['TERM'] !== 'dumb' && !inCi(env);
	const write = (text: string) => {
		// A line as wide as the screen would wrap, and stay behind.
		if (isShown) stderr.write(`\r\u001b[K${text.slice(0, (stderr.columns || 80) - 1)}`);
	};
	return { show: write, clear: () => write('') };
}
