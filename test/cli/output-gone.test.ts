import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));
const commands = ['--version', '--help', 'list', 'list --json', 'show iak/pulsa-success'];

const shell = async (line: string) =>
	promisify(execFile)('bash', ['-c', line], {
		env: { ...process.env, CALLSIM_NO_JOURNAL: '1' },
	});

test.each(commands)('%s is quiet where nobody reads', async (command) => {
	const { stdout, stderr } = await shell(
		`${process.execPath} ${bin} ${command} | true; echo "\${PIPESTATUS[0]}"`,
	);
	expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
});

test.runIf(existsSync('/dev/full')).each(commands)(
	'%s says in two lines that the disk is full',
	async (command) => {
		const { stdout, stderr } = await shell(
			`${process.execPath} ${bin} ${command} > /dev/full; echo $?`,
		);
		expect(stdout).toBe('2\n');
		expect(stderr.replace(/^note: .*\n/gm, '')).toBe(
			'error output-unwritable: cannot write the output (ENOSPC)\n  try: Check where it goes.\n',
		);
	},
);
