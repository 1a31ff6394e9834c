import { describe, expect, test } from 'vitest';
import { runShell } from '../../src/order/run-command.ts';

const place = { cwd: '/', env: { PATH: process.env['PATH'] } };

describe('what the system would not run is told like a command that failed', () => {
	test.each([
		['nothing', '', 'nothing in it'],
		['blanks', ' \n\t', 'nothing in it'],
		['a NUL', 'echo \0', 'a NUL in it, which no command may have'],
		[
			'more than fits a command line',
			`echo ${'x'.repeat(3_000_000)}`,
			expect.stringContaining('E2BIG') as string,
		],
	])('%s', async (_what, command, code) => {
		expect(await runShell(command, 0, place)).toEqual({ code, output: '' });
	});

	test('and one that runs gives what it printed', async () => {
		expect(await runShell('echo a', 0, place)).toEqual({ code: 0, output: 'a\n' });
	});
});
