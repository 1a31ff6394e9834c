import { execFile } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { scratch } from '../support/scratch.ts';
import { needs } from '../support/tools.ts';

const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));
const run = promisify(execFile);

/** A folder with `callsim` on its path, and nothing of the user's. */
function home() {
	const folder = scratch();
	writeFileSync(join(folder, 'callsim'), `#!/bin/sh\nexec '${process.execPath}' '${bin}' "$@"\n`);
	chmodSync(join(folder, 'callsim'), 0o755);
	writeFileSync(join(folder, 'order.json'), '{}');
	const env = {
		PATH: `${folder}:${process.env['PATH']}`,
		HOME: folder,
		TERM: 'dumb',
		LANG: 'C.UTF-8',
	};
	return { folder, env };
}

const setUp = {
	bash: 'source <(callsim completion bash)',
	zsh: 'autoload -U compinit; compinit -D -u; source <(callsim completion zsh)',
	fish: 'callsim completion fish | source',
};
const start = {
	bash: 'bash --norc --noprofile -i',
	zsh: 'zsh -f -i',
};

/** What Ctrl-O does in a test: keep the line as it stands. */
const keepLine = {
	bash: `bind -x '"\\C-o": printf %s "$READLINE_LINE" > line; echo KE""PT'`,
	zsh: `keep() { print -rn -- "$BUFFER" > line; print KE""PT }; zle -N keep; bindkey '^O' keep`,
};

/** Types into a real shell in a pseudo-terminal, presses Tab, and says what stands on the line then. */
async function completed(shell: 'bash' | 'zsh', typed: string) {
	const { folder, env } = home();
	const script = [
		'set timeout 30',
		'log_user 0',
		`spawn -noecho ${start[shell]}`,
		`send {${setUp[shell]}; ${keepLine[shell]}; echo SET""UP}`,
		'send "\\r"',
		'expect -exact "SETUP" {} timeout { puts "TIMEOUT in set-up: $expect_out(buffer)"; exit 98 }',
		`send {${typed}}`,
		'send "\\t"',
		'send "\\017"',
		'expect -exact "KEPT" {} timeout { puts "TIMEOUT: $expect_out(buffer)"; exit 99 }',
	].join('\n');
	await run('expect', ['-c', script], { cwd: folder, env }).catch((error: { stdout: string }) => {
		throw new Error(error.stdout);
	});
	return { line: readFileSync(join(folder, 'line'), 'utf8'), folder };
}

describe.each(['bash', 'zsh'] as const)('in a real %s', (shell) => {
	const isThere = needs('expect', shell);
	test.skipIf(!isThere).each([
		['callsim fire iak/pulsa-s', 'callsim fire iak/pulsa-success '],
		['callsim fire iak/pulsa-success --set pri', 'callsim fire iak/pulsa-success --set price='],
		['callsim fire iak/process --encoding=x', 'callsim fire iak/process --encoding=xml '],
		['callsim fire iak/process --body @ord', 'callsim fire iak/process --body @order.json '],
	])('Tab behind %s', async (typed, expected) => {
		expect((await completed(shell, typed)).line).toBe(expected);
	});

	test.skipIf(!isThere)('Tab runs nothing that stands on the line', async () => {
		const { folder } = await completed(shell, 'callsim fire --set a=$(touch pwned) iak/pulsa-s');
		expect(existsSync(join(folder, 'pwned'))).toBe(false);
	});
});

describe.skipIf(!needs('fish'))('in a real fish', () => {
	test.each([
		['callsim fire iak/pulsa-s', ['iak/pulsa-success\tPulsa, success']],
		['callsim fire iak/pulsa-success --set pri', ['price=']],
		['callsim fire iak/process --encoding=x', ['--encoding=xml']],
		['callsim check --explain duplicate-a', [expect.stringMatching(/^duplicate-at-once\t/)]],
		['callsim completion ', ['bash', 'fish', 'zsh']],
	])('%s has its words', async (line, expected) => {
		const { folder, env } = home();
		const ask = `${setUp.fish}; complete -C '${line}'`;
		const { stdout, stderr } = await run('fish', ['--no-config', '-c', ask], { cwd: folder, env });
		expect([stdout.trimEnd().split('\n').sort(), stderr]).toEqual([expected, '']);
	});

	test('runs nothing that stands on the line', async () => {
		const { folder, env } = home();
		const ask = `${setUp.fish}; complete -C 'callsim fire --set a=(touch pwned) iak/'`;
		await run('fish', ['--no-config', '-c', ask], { cwd: folder, env });
		expect(existsSync(join(folder, 'pwned'))).toBe(false);
	});
});
