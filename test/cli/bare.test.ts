import { expect, test } from 'vitest';
import { callsim } from '../support/run-cli.ts';

test.each([
	[[]],
	[['--no-input']],
	[['--to', ':3000/cb', '--ref', 'ORD-1', '--fresh']],
	[['--json']],
])('where nobody can answer, `callsim` %j tells its help on stderr', async (args) => {
	const { code, stdout, stderr } = await callsim(args);
	expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
	expect(stderr).toContain('callsim demo');
});

test.each([
	[['--too', ':3000/cb'], 'unknown option "--too"'],
	[['--to'], 'argument missing'],
	[['--ref', ''], '--ref is empty'],
	[['--retry', 'none', '--ref', "'ORD-1'"], '--ref has quotes of its own'],
	[['--to', ':3000/cb', 'fier'], 'unknown'],
	[['fier'], 'unknown command "fier"'],
])('`callsim` %j is told what is wrong with it', async (args, text) => {
	const { code, stderr } = await callsim(args);
	expect(code).toBe(2);
	expect(stderr).toContain(text);
});

test.each(['--help', '-h'])('%s behind flags is help', async (flag) => {
	const { code, stdout } = await callsim(['--to', ':3000/cb', flag]);
	expect(code).toBe(0);
	expect(stdout).toContain('callsim demo');
});
