import { onTestFinished } from 'vitest';
import { callsim } from './run-cli.ts';

/** `callsim listen --page` on free ports, stopped when the test ends. */
export async function withPage(args: readonly string[]) {
	let stdout = '';
	let wake: () => void = () => undefined;
	let kill: (signal: NodeJS.Signals) => void = () => undefined;
	const ended = callsim(['listen', ...args, '--page', '--port', '0', '--json', '--no-journal'], {
		onStdout: (text, send) => {
			stdout = text;
			kill = send;
			wake();
		},
	});
	onTestFinished(async () => {
		kill('SIGINT');
		await ended;
	});
	const lines = async (count: number): Promise<string[]> => {
		for (;;) {
			const all = stdout.split('\n').slice(0, -1);
			if (all.length >= count) return all;
			await new Promise<void>((resolve) => {
				wake = resolve;
			});
		}
	};
	const [first = ''] = await lines(1);
	const { url, page } = JSON.parse(first) as { url: string; page: string };
	return { url: `${url}/cb`, page: { url: page, told: (count: number) => lines(count + 1) } };
}
