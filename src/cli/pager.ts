import { spawn } from 'node:child_process';

/** Leave at the end of what fits the screen, keep colours, leave the text on the screen. */
const usual = { LESS: 'FRX', LV: '-c' };

/**
 * Shows a text in the user's pager and waits until it is closed.
 *
 * @param wanted a line for a shell
 * @returns false where there is no such program: nothing was shown then
 */
export function throughPager(
	text: string,
	wanted: string,
	env: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
	// Ctrl-C belongs to the pager, which stops a search with it.
	const ignore = () => undefined;
	process.on('SIGINT', ignore);
	return new Promise<boolean>((resolve) => {
		const child = spawn(wanted, {
			shell: true,
			stdio: ['pipe', 'inherit', 'ignore'],
			env: { ...usual, ...env },
		});
		child.on('error', () => resolve(false));
		child.on('close', (code) => resolve(code !== notFound));
		// Whoever has read enough closes it before it has read all.
		child.stdin.on('error', ignore).end(text);
	}).finally(() => process.off('SIGINT', ignore));
}

/** How a shell says that there is no such program. */
const notFound = 127;
