import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { callsimProcess } from '../support/cli-process.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { answering } from '../support/server.ts';

const preload = fileURLToPath(new URL('../support/name-server.cjs', import.meta.url));
const env = {
	NODE_OPTIONS: `--require=${preload}`,
	CALLSIM_TEST_NAMES: 'shop.test=203.0.113.9,here.test=127.0.0.1',
};

/** A process of its own: the name server is put in its way before it starts. */
const start = (files: Readonly<Record<string, string>>, args: readonly string[]) =>
	callsimProcess(args, { cwd: folderWith(files).path, env });

const receipt = ['bayarcash/transaction-success', 'bayarcash/receipt-success'];
const remotePage = 'http://shop.test:8080/{reference}';

describe('a name that is remote from the start', () => {
	test.each([
		['fire', 'its target', ['fire', receipt[0] ?? '', '--to', 'http://shop.test/']],
		['fire', 'the page of a later event', ['fire', ...receipt, '--return-to', 'http://shop.test/']],
		[
			'check',
			'the page to which payers come back',
			['check', 'bayarcash', '--return-to', 'http://shop.test/'],
		],
		['check', 'the page that reads orders', ['check', 'bayarcash', '--probe-url', remotePage]],
		['check', 'the page that makes orders', ['check', 'bayarcash', '--setup-url', remotePage]],
		[
			'run',
			'the page to which payers come back',
			['run', 'bayarcash', '--return-to', 'http://shop.test/'],
		],
		[
			'run',
			'the page that makes orders',
			['run', 'bayarcash', '--probe-command', 'echo', '--setup-url', remotePage],
		],
		['run', 'the target of a step', ['run', 'steps.yaml']],
	])('is refused by %s as %s, before anything is sent', async (_command, _what, args) => {
		const { url, seen } = await answering(200);
		const steps =
			'name: two\nprovider: bayarcash\nsteps: [{ fire: transaction-success }, { fire: receipt-success, to: "http://shop.test/" }]\n';
		const to = args.includes('--to') ? [] : ['--to', url];
		const { code, stderr } = await start({ 'steps.yaml': steps }, [...args, ...to]);
		expect({ code, sent: seen.length }).toEqual({ code: 2, sent: 0 });
		expect(stderr).toContain('error target-remote: ');
		expect(stderr).toContain('shop.test is 203.0.113.9');
	});

	test('is refused in the project file, too', async () => {
		const { url, seen } = await answering(200);
		const project = { 'callsim.yaml': 'returnTargets: { bayarcash: http://shop.test/ }\n' };
		const { code, stderr } = await start(project, ['fire', ...receipt, '--to', url]);
		expect({ code, sent: seen.length }).toEqual({ code: 2, sent: 0 });
		expect(stderr).toContain('error target-remote: ');
	});

	test('is not refused where it is local, or does not resolve yet', async () => {
		const { url, seen } = await answering(200);
		const here = url.replace('127.0.0.1', 'here.test');
		const fire = ['fire', ...receipt, '--retry', 'none', '--to', here];
		expect(await start({}, fire)).toMatchObject({ code: 0 });
		expect(await start({}, [...fire, '--return-to', 'http://later.test/'])).toMatchObject({
			code: 1,
		});
		expect(seen).toHaveLength(3);
	});
});
