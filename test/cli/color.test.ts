import { describe, expect, test } from 'vitest';
import { callsim } from '../support/run-cli.ts';

const pipe = undefined;
const screen = { columns: 80, rows: 500 };

describe('colours', () => {
	test.each<[string, string[], Record<string, string>, typeof screen | undefined, boolean]>([
		['none through a pipe', [], {}, pipe, false],
		['on a screen', [], {}, screen, true],
		['none with NO_COLOR', [], { NO_COLOR: '1' }, screen, false],
		['with an empty NO_COLOR', [], { NO_COLOR: '' }, screen, true],
		['none on a dumb terminal', [], { TERM: 'dumb' }, screen, false],
		['through a pipe with FORCE_COLOR', [], { FORCE_COLOR: '1' }, pipe, true],
		['none with FORCE_COLOR=0', [], { FORCE_COLOR: '0' }, screen, false],
		['none with FORCE_COLOR=false', [], { FORCE_COLOR: 'false' }, screen, false],
		['through a pipe with --color always', ['--color', 'always'], {}, pipe, true],
		['with --color always over NO_COLOR', ['--color=always'], { NO_COLOR: '1' }, pipe, true],
		['none with --color never', ['--color', 'never'], { FORCE_COLOR: '1' }, screen, false],
		['none with --no-color', ['--no-color'], { FORCE_COLOR: '1' }, screen, false],
		['none through a pipe with --color auto', ['--color', 'auto'], {}, pipe, false],
		['on a screen with --color auto', ['--color', 'auto'], {}, screen, true],
	])('are there, %s', async (_, flags, env, terminal, isColoured) => {
		const { stdout } = await callsim(['list', ...flags], { env, terminal });
		expect(stdout).toContain('iak/pulsa-success');
		expect(stdout.includes('\u001b[')).toBe(isColoured);
	});

	test('of another kind are a mistake', async () => {
		const { code, stderr } = await callsim(['list', '--color', 'sometimes']);
		expect(code).toBe(2);
		expect(stderr).toContain('auto, always, never');
	});
});
