import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { inherited } from '../support/cli-process.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { serve } from '../support/server.ts';

const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));
const event = 'bayarcash/transaction-success';

const commands: Readonly<Record<string, (count: number) => string>> = {
	fire: (count) => `fire ${event} --count ${count} --fresh`,
	run: () => 'run one.yaml',
	burst: (count) => `burst ${event} --count ${count}`,
	check: () => 'check bayarcash --only genuine-success,duplicate',
};

/** The command of a shell in which callsim writes to the other one. */
async function piped(name: string, count: number, reader: string) {
	const { url, seen } = await serve((_, response) => response.end('OK'));
	const { path } = folderWith({
		'one.yaml': `name: one\nsteps: [{ fire: ${event}, repeat: ${count}, fresh: true }]\n`,
	});
	const command = commands[name]?.(count);
	const line = `${process.execPath} ${bin} ${command} --to ${url} --json | ${reader}; echo "\${PIPESTATUS[0]}"`;
	const { stdout, stderr } = await promisify(execFile)('bash', ['-c', line], {
		cwd: path,
		env: inherited(),
		maxBuffer: 64 * 1024 * 1024,
	});
	const lines = stdout.trimEnd().split('\n');
	return { code: Number(lines.pop()), lines, stderr, requests: seen.length };
}

/** bash takes a byte at a time: far more is written than a pipe holds before it has read a little. */
const slowly = 'while IFS= read -r line; do printf \'%s\\n\' "$line"; done';

test.each(['fire', 'run'])('a reader that is slow gets every line of %s', async (name) => {
	const { lines, requests } = await piped(name, 150, slowly);
	const types = lines.map((line) => (JSON.parse(line) as { type: string }).type);
	expect(types.filter((type) => type === 'attempt')).toHaveLength(requests);
	expect({ requests, last: types.at(-1) }).toEqual({ requests: 150, last: 'summary' });
});

test.each(Object.keys(commands))('a reader that goes away is no matter to %s', async (name) => {
	const all = await piped(name, 25, 'cat >/dev/null');
	const some = await piped(name, 25, 'head -c 1 >/dev/null');
	expect(some).toEqual(all);
	expect(some.stderr).not.toMatch(/EPIPE|^ {4}at /m);
});
