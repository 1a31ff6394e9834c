import { onTestFinished } from 'vitest';
import { callsim, type Json, jsonLines } from './run-cli.ts';

/** `callsim listen` on a free port; what it says is read line by line, and it is stopped when the test ends. */
export async function listening(args: readonly string[] = [], start = callsim) {
	let text = '';
	let wake: () => void = () => undefined;
	let kill: (signal: NodeJS.Signals) => void = () => undefined;
	const ended = start(['listen', ...args, '--port', '0', '--json'], {
		onStdout: (all, send) => {
			text = all;
			kill = send;
			wake();
		},
	});
	const lines = () => jsonLines(text.slice(0, text.lastIndexOf('\n') + 1));
	const until = async (count: number): Promise<Json[]> => {
		while (lines().length < count) await new Promise<void>((resolve) => (wake = resolve));
		return lines();
	};
	const stop = async () => {
		kill('SIGINT');
		return (await ended).code;
	};
	onTestFinished(async () => void (await stop()));
	const [first] = await until(1);
	return {
		url: `${String(first?.['url'])}/cb`,
		first,
		stop,
		/** How many were told so far. */
		count: () => lines().length - 1,
		received: async (count: number) => (await until(count + 1)).slice(1),
	};
}
