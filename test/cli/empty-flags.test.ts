import { describe, expect, test } from 'vitest';
import { callsim } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { answering } from '../support/server.ts';

const success = 'bayarcash/transaction-success';

/** Flags that take a value, as `--help` lists them. What Node reads itself, before the command, is not ours to judge. */
async function flagsOf(command: string): Promise<string[]> {
	const { stdout } = await callsim([command, '--help']);
	const flags = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+) </gm)].map(([, flag]) => flag ?? '');
	return flags.filter((flag) => flag !== '--env-file');
}

describe('a flag in which a shell variable left nothing', () => {
	test.each([
		['list', ['bayarcash']],
		['show', [success]],
		['fire', [success]],
		['run', ['bayarcash/payment']],
		['check', ['bayarcash']],
		['verify', ['bayarcash', '-']],
		['listen', ['bayarcash']],
		['init', ['bayarcash']],
		['export', ['artillery', success]],
		['config', []],
		['demo', []],
	] as const)(
		'is refused by %s, whichever it is, and nothing is done',
		async (command, args) => {
			const { url, seen } = await answering(200);
			const { callsim: inFolder, has } = folderWith({});
			const flags = await flagsOf(command);
			expect(flags.length).toBeGreaterThan(1);
			for (const flag of flags) {
				const target = flags.includes('--to') ? ['--to', url] : [];
				const { code, stderr } = await inFolder([command, ...args, ...target, flag, '']);
				expect({ flag, code, stderr }).toEqual({
					flag,
					code: 2,
					stderr: expect.stringMatching(
						/^error (value-missing: .* is empty|usage: .*argument "" is invalid)/,
					) as string,
				});
			}
			expect(seen).toHaveLength(0);
			expect(has('callsim.yaml') || has('callsim-artillery')).toBe(false);
		},
		60_000,
	);

	test.each([
		[
			'a list of nothing but commas',
			['check', 'bayarcash', '--to', ':1', '--only', ','],
			'--only "," holds nothing',
		],
		['a blank', ['listen', '--host', ' '], '--host " " holds nothing'],
		['a scenario', ['run', '', '--to', ':1'], 'the scenario is empty'],
		['an event', ['fire', '', '--to', ':1'], 'the event is empty'],
		['a file', ['verify', 'bayarcash', ''], 'the file is empty'],
	])('%s is nothing, too', async (_, args, what) => {
		const { code, stderr } = await callsim(args, { onStdout: (_text, kill) => kill('SIGINT') });
		expect(code).toBe(2);
		expect(stderr).toContain(`error value-missing: ${what}`);
		expect(stderr).toContain('a shell variable may be unset');
	});

	test('values that are empty on purpose are sent', async () => {
		const { url, seen } = await answering(200);
		const { code } = await callsim([
			'fire',
			success,
			'--to',
			url,
			'--set',
			'payer_name=',
			'--header',
			'x-none:',
		]);
		expect(code).toBe(0);
		expect(seen[0]?.body.toString()).toContain('payer_name=&');
		expect(seen[0]?.headers['x-none']).toBe('');
	});
});
