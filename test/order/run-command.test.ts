import { describe, expect, test } from 'vitest';
import { runShell } from '../../src/order/run-command.ts';

const place = { cwd: process.cwd(), env: { PATH: process.env['PATH'] } };
const printing = (bytes: number, more = '') => `head -c ${bytes} /dev/zero | tr '\\0' x ${more}`;
const most = 64 * 1024;

describe('what a command prints', () => {
	test('is taken whole up to 64 KiB', async () => {
		expect(await runShell(printing(most), 10_000, place)).toEqual({
			code: 0,
			output: 'x'.repeat(most),
		});
	});

	test.each([
		['one byte more', printing(most + 1)],
		['as much on standard error', printing(most + 1, '>&2')],
		['both together', `${printing(most)}; echo >&2`],
		['without an end', 'yes'],
	])('is bounded: %s stops it', async (_name, command) => {
		const { code, output } = await runShell(command, 10_000, place);
		expect(code).toBe('more than 65536 bytes of output');
		// What arrived with the piece that was too much is kept.
		expect(output.length).toBeLessThan(4 * most);
	});

	test('on standard error is told after a failure alone', async () => {
		expect(await runShell('echo out; echo err >&2', 10_000, place)).toEqual({
			code: 0,
			output: 'out\n',
		});
		expect(await runShell('echo out; echo err >&2; exit 3', 10_000, place)).toEqual({
			code: 3,
			output: 'out\nerr\n',
		});
	});
});

test('a command with a NUL in it is not run', async () => {
	expect(await runShell('echo a\0b', 10_000, place)).toEqual({
		code: 'a NUL in it, which no command may have',
		output: '',
	});
});
