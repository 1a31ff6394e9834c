import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { folderWith } from '../support/scenario-cli.ts';
import { receiverScript } from '../support/scenario-receiver.ts';
import { callsimWithStdin, stdins } from '../support/scenario-stdin.ts';
import { answering, closedPort } from '../support/server.ts';

const providers = ['bayarcash', 'iak', 'khoins', 'transfez'];

describe('callsim init', () => {
	test.each(providers)(
		'writes a project file and a scenario for %s that run green and red',
		async (provider) => {
			const [good, bad] = [await answering(200), await answering(500)];
			const folder = folderWith({});
			const { code, stdout } = await folder.callsim(['init', provider, '--to', good.url]);
			expect(stdout).toContain(`wrote callsim.yaml\nwrote scenarios/${provider}.yaml\n`);
			expect(code).toBe(0);
			expect(await folder.callsim(['run', '--speed', 'max'])).toMatchObject({ code: 0 });
			expect(await folder.callsim(['run', '--speed', 'max', '--to', bad.url])).toMatchObject({
				code: 1,
			});
			expect(await folder.callsim(['config'])).toMatchObject({ code: 0 });
		},
	);

	test('all providers at once have an address each', async () => {
		const { url, seen } = await answering(200);
		const folder = folderWith({});
		await folder.callsim(['init', ...providers, '--to', url]);
		expect(await folder.callsim(['run', '--speed', 'max'])).toMatchObject({ code: 0 });
		expect(new Set(seen.map((one) => one.url))).toEqual(
			new Set(providers.map((id) => `/callback/${id}`)),
		);
	});

	test('what is commented out is right as well', async () => {
		const folder = folderWith({});
		await folder.callsim(['init', 'bayarcash', '--to', ':3000/cb']);
		const uncommented = folder
			.read('callsim.yaml')
			.replace(/^# yaml-language-server.*\n/, '')
			.replace(/^# (?=( {2}|\w[\w-]*:( |$)))/gm, '')
			.replace(/ {2,}#.*$/gm, '');
		const keys = Object.keys(parse(uncommented) as object);
		for (const key of [
			'targets',
			'returnTargets',
			'credentials',
			'headers',
			'speed',
			'timeout',
			'schedule',
			'values',
			'scenarios',
			'probe',
			'setup',
		])
			expect(keys).toContain(key);
		folder.write('callsim.yaml', uncommented);
		expect(
			await folder.callsim(['config'], { env: { CALLSIM_BAYARCASH_SECRET_KEY: 'x' } }),
		).toMatchObject({
			code: 0,
			stderr: '',
		});
	});

	test('tried as a new user would: red where the receiver is wrong, green where it is right', async () => {
		const port = await closedPort();
		const folder = folderWith({ 'receiver.mjs': receiverScript });
		await folder.callsim(['init', 'bayarcash', '--to', `http://127.0.0.1:${port}/cb`]);
		folder.write(
			'callsim.yaml',
			folder.read('callsim.yaml').replace(/^# ((probe|setup): .*)/gm, '$1'),
		);
		const run = (mistake: string) =>
			folder.callsim(['run', '--speed', 'max', '--exec', `node receiver.mjs ${port}`], {
				env: { MISTAKE: mistake },
			});
		expect(await run('')).toMatchObject({
			code: 0,
			stdout: expect.stringContaining('✓ 1 scenario passed, 4 of 4 steps passed') as string,
		});
		expect(await run('late')).toMatchObject({
			code: 1,
			stdout: expect.stringContaining('✗ 4 bayarcash/transaction-failed') as string,
		});
		expect(await run('unverified')).toMatchObject({
			code: 1,
			stdout: expect.stringContaining('✗ 1 bayarcash/transaction-success') as string,
		});
		expect(await run('refuses')).toMatchObject({ code: 1 });
	});

	test.each([
		['a file where its folder would be', 'scenarios'],
		['a folder where a file would be', 'scenarios/iak.yaml/x'],
	])('that fails at %s has written nothing', async (_what, obstacle) => {
		const folder = folderWith({ [obstacle]: '' });
		const before = readdirSync(folder.path, { recursive: true });
		const args = ['init', 'bayarcash', 'iak', '--ci', 'github'];
		const { code, stdout, stderr } = await folder.callsim(args);
		expect(stderr).toMatch(
			/^error output-unwritable: cannot write ".*scenarios\/\w+.yaml" \(E\w+\)/,
		);
		expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
		expect(readdirSync(folder.path, { recursive: true })).toEqual(before);
	});

	test('never overwrites', async () => {
		const folder = folderWith({ 'callsim.yml': 'speed: 7\n', 'scenarios/iak.yaml': 'mine' });
		const { code, stdout } = await folder.callsim(['init', 'iak', 'bayarcash', '--ci', 'github']);
		expect(stdout).toContain(
			'kept  callsim.yml (it was there already)\nkept  scenarios/iak.yaml (it was there already)\nwrote scenarios/bayarcash.yaml\nwrote .github/workflows/callbacks.yml\n',
		);
		expect(folder.read('callsim.yml') + folder.read('scenarios/iak.yaml')).toBe('speed: 7\nmine');
		expect(folder.has('callsim.yaml')).toBe(false);
		expect(code).toBe(0);
		const again = await folder.callsim(['init', 'iak', '--ci', 'github', '--json']);
		expect(
			(JSON.parse(again.stdout) as { files: { written: boolean }[] }).files.map(
				({ written }) => written,
			),
		).toEqual([false, false, false]);
	});

	test.each([
		['github', '.github/workflows/callbacks.yml'],
		['gitlab', '.gitlab/callbacks.gitlab-ci.yml'],
	])('--ci %s writes a workflow that is YAML, whatever starts the receiver', async (kind, file) => {
		for (const start of [
			'npm start',
			'PORT=3000 node "my server.js" # dev: it\'s fine',
			'echo a: $PORT `date`',
		]) {
			const folder = folderWith({});
			expect(
				await folder.callsim(['init', 'bayarcash', '--ci', kind, '--exec', start]),
			).toMatchObject({ code: 0 });
			const workflow = parse(folder.read(file)) as {
				jobs?: { callbacks: { steps: { run?: string }[] } };
				callbacks?: { script: unknown[] };
			};
			const lines =
				workflow.jobs?.callbacks.steps.map(({ run }) => run) ?? workflow.callbacks?.script ?? [];
			const line = lines.map(String).find((text) => /npx --no -- callsim run/.test(text)) ?? '';
			const words = execFileSync('sh', ['-c', line.replace('npx --no --', "printf '%s\\n'")], {
				encoding: 'utf8',
			}).split('\n');
			expect(words[words.indexOf('--exec') + 1]).toBe(start);
			expect(words).toContain('junit=reports/callsim.xml');
		}
	});

	test.each([
		[['bayarcsh'], 'error provider-unknown: '],
		[
			[],
			'error usage: no provider to set up\n  try: Name one or more: callsim init bayarcash iak khoins transfez',
		],
		[['bayarcash', '--ci', 'jenkins'], 'error usage: --ci "jenkins" is neither github nor gitlab'],
		[['bayarcash', '--to', 'ftp://x'], 'error target-invalid'],
	])('%j is a problem, and nothing is written', async (args, message) => {
		const folder = folderWith({});
		const { code, stderr } = await folder.callsim(['init', ...args]);
		expect(stderr).toContain(message);
		expect({
			code,
			project: folder.has('callsim.yaml'),
			scenarios: folder.has('scenarios'),
		}).toEqual({
			code: 2,
			project: false,
			scenarios: false,
		});
	});

	test.each(stdins)('does not wait for standard input: %s', async (stdin) => {
		const folder = folderWith({});
		expect(await callsimWithStdin(['init'], stdin, folder.path)).toMatchObject({
			code: 2,
			stdout: '',
		});
		expect(await callsimWithStdin(['init', 'iak'], stdin, folder.path)).toMatchObject({ code: 0 });
	});
});
