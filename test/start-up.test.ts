import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { callsimProcess } from './support/cli-process.ts';
import { serve } from './support/server.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
// Through `require` alone: what is kept is loaded in a way of its own.
const env = {
	NODE_OPTIONS: `--require "${path('support/loads.cjs')}"`,
	NODE_DISABLE_COMPILE_CACHE: '1',
};

/** Files of the build and modules of Node, by what was told of a process. */
function loadsIn(stderr: string): string[] {
	const [, told] = /^loads (.*)$/m.exec(stderr) ?? [];
	if (told === undefined) throw new Error(`nothing was told: ${stderr}`);
	return (JSON.parse(told) as string[]).sort();
}

const version = ['callsim.js', 'fs', 'path'];
const list = [
	...version,
	...['base.cjs', 'cli.cjs', 'rolldown-runtime.cjs'],
	...['events', 'process', 'timers/promises'],
];
// `net` reads addresses of --resolve; Node has it loaded for a terminal or a pipe.
const show = [...list, 'flags.cjs', 'with-show.cjs', 'crypto', 'net'];
const fire = [
	...show,
	...['with-fire.cjs', 'client.cjs'],
	...['buffer', 'diagnostics_channel', 'dns', 'querystring', 'stream', 'util'],
	// For a flag of Node 20's.
	...(process.versions.node.startsWith('20.') ? ['v8'] : []),
];

test.each([
	['--version', version],
	['list', list],
	['list bayarcash --json', list],
	['--help', list],
	['show bayarcash/transaction-success', show],
])('%s loads what it needs and no more', async (line, expected) => {
	const { stderr } = await callsimProcess(line.split(' '), { env });
	expect(loadsIn(stderr)).toEqual(expected.toSorted());
});

test('fire loads what it needs and no more', async () => {
	const { url } = await serve((_, response) => response.end('OK'));
	const args = ['fire', 'bayarcash/transaction-success', '--to', url];
	const { code, stderr } = await callsimProcess(args, { env });
	expect(code).toBe(0);
	expect(loadsIn(stderr)).toEqual(fire.toSorted());
});

test('a program loads nothing of the command line, and no client before it sends', async () => {
	const library = path('../dist/library.cjs');
	const { stderr } = await promisify(execFile)(
		process.execPath,
		['--require', path('support/loads.cjs'), library],
		{ env: {} },
	);
	expect(loadsIn(stderr)).toContain('base.cjs');
	expect(loadsIn(stderr)).not.toContain('cli.cjs');
	expect(loadsIn(stderr)).not.toContain('client.cjs');
});
